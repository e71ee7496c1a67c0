import type { AvatarServiceEvent } from '../service.js';
import type { LiveText } from './createReassembler.js';

type Transcript = Omit<Extract<AvatarServiceEvent, { type: 'transcript' }>, 'type'>;

/** Makes a transcript of what is heard of both sides. */
export interface Transcriber {
  push(text: LiveText): void;
  /** The user has typed something, to be answered. An echo of it is not written down again. */
  onTyped(text: string): void;
  /**
   * The avatar was told to fall silent: nothing more of what it has begun is written down.
   * @returns says that it has heard; what it begins before that is of the old turn as well.
   */
  silence(): () => void;
}

/** Messages that are remembered; a conversation may last an hour. */
const MAX_KNOWN = 64;
/** For a sender that names none of its messages: they are told apart by their ends. */
const NAMELESS = '';

/** Makes a transcriber of an empty conversation. */
export function createTranscriber(onTranscript: (transcript: Transcript) => void): Transcriber {
  const open: Record<LiveText['from'], LiveText | null> = { bot: null, user: null };
  /** By sender and name: what is final, or no longer wanted. */
  let closed: readonly string[] = [];
  let pendingSilences = 0;
  let typed: readonly string[] = [];

  const keyOf = ({ from, mid }: LiveText) => `${from} ${mid}`;

  function close(text: LiveText): void {
    if (open[text.from]?.mid === text.mid) open[text.from] = null;
    if (text.mid !== NAMELESS) closed = [...closed.slice(1 - MAX_KNOWN), keyOf(text)];
  }

  function tell({ from, text }: LiveText, final: boolean): void {
    onTranscript({ role: from === 'bot' ? 'assistant' : 'user', text, final });
  }

  function isEcho({ from, text, final }: LiveText): boolean {
    if (from === 'bot') {
      // It answers: what comes of the user from here on was said, not typed.
      typed = [];
      return false;
    }
    const origin = typed.find((whole) => whole.startsWith(text));
    if (origin !== undefined && final) typed = typed.filter((whole) => whole !== origin);
    return origin !== undefined;
  }

  return {
    push(text) {
      if (closed.includes(keyOf(text)) || isEcho(text)) return;
      if (text.from === 'bot' && pendingSilences > 0) return close(text);
      const before = open[text.from];
      // One entry of each side is open at a time.
      if (before && before.mid !== text.mid) {
        tell(before, true);
        close(before);
      }
      open[text.from] = text;
      tell(text, text.final);
      // A part that comes after the end would begin another entry.
      if (text.final) close(text);
    },
    onTyped(text) {
      typed = [...typed.slice(1 - MAX_KNOWN), text];
      onTranscript({ role: 'user', text, final: true });
    },
    silence() {
      if (open.bot) close(open.bot);
      pendingSilences++;
      let heard = false;
      return () => {
        if (!heard) pendingSilences--;
        heard = true;
      };
    },
  };
}
