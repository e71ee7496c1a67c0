import type { ServerLogEntry } from './AvatarServerOptions.js';

/** What could end a line, move the cursor of a terminal, or turn a text round. Some of it stands in what visitors and vendors choose. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const MAX_TEXT_CHARS = 1_000;

/**
 * A log that cannot hurt, and cannot be hurt: what it throws must not take a live session down, and no text in an entry can
 * be taken for an entry of its own, whatever the app's logger makes of it.
 */
export function safeLog(log: (entry: ServerLogEntry) => void): (entry: ServerLogEntry) => void {
  return (entry) => {
    try {
      log({ ...entry, message: plain(entry.message), context: plainContext(entry.context) });
    } catch {
      // A broken logger has nowhere to report to.
    }
  };
}

function plain(text: string): string {
  const cut = text.length > MAX_TEXT_CHARS ? `${text.slice(0, MAX_TEXT_CHARS)}…` : text;
  return cut.replace(UNPRINTABLE, '\ufffd');
}

function plainContext(context: ServerLogEntry['context']): ServerLogEntry['context'] {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? plain(value) : value]));
}
