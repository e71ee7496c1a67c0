import type { ServerLogEntry } from './AvatarServerOptions.js';

/** A log that cannot hurt: what it throws must not take a live session down. */
export function safeLog(log: (entry: ServerLogEntry) => void): (entry: ServerLogEntry) => void {
  return (entry) => {
    try {
      log(entry);
    } catch {
      // A broken logger has nowhere to report to.
    }
  };
}
