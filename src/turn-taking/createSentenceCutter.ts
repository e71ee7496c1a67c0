import { systemClock, type Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';
import { isSpace, isSpeakable, spokenLength } from './characters.js';
import { forcedCut } from './forcedCut.js';
import { endsSentence, scanBoundary } from './scanBoundary.js';

export interface SentenceLimits {
  /** Shorter pieces are joined with the next one. Characters; one of a script without spaces counts as two. Default 1. */
  readonly minLength?: number;
  /** A piece may end at a comma, colon or semicolon from this length on. Counted alike. Default 24. */
  readonly minClauseLength?: number;
  /** Longer text without punctuation is cut at white space. UTF-16 units, 16 or more. Default 120. */
  readonly maxLength?: number;
  /** Text waits no longer than this for its punctuation. Milliseconds; `Infinity` waits for ever. Default 800. */
  readonly maxWaitMs?: number;
}

export interface SentenceCutterOptions extends SentenceLimits {
  /**
   * Takes each piece as soon as it is certain.
   * @param sentence without white space around.
   * @param raw the same with all its white space: the raw pieces add up to the text that was pushed.
   */
  readonly onSentence: (sentence: string, raw: string) => void;
  /** Default: the platform's. */
  readonly clock?: Clock;
}

/** Cuts text that is still being written into pieces that can be spoken. */
export interface SentenceCutter {
  /** Adds text, cut anywhere: inside a word, a number, even a surrogate pair. */
  push(text: string): void;
  /** The text has ended: gives what is left. */
  flush(): void;
  /** Forgets what is left, as after an interrupt. Nothing more comes, also not from a timer. */
  clear(): void;
}

/**
 * Makes a cutter that turns the stream of a language model into sentences for a speech synthesiser.
 *
 * Punctuation of Latin, Chinese, Japanese, Arabic and Indic scripts ends a piece, with the quotes and brackets that it closes.
 * Decimals, times, list numbers, initials, abbreviations, addresses and emoji stay whole. The pieces do not depend on
 * how the text is split into deltas, except for those that `maxWaitMs` forces.
 *
 * @example
 * ```ts
 * const cutter = createSentenceCutter({ onSentence: (sentence) => console.log(sentence) });
 * cutter.push('It costs 3.');
 * cutter.push('50 at Dr. Who. Shall w'); // "It costs 3.50 at Dr. Who."
 * cutter.push('e?');
 * cutter.flush(); // "Shall we?"
 * ```
 * @throws AvatarError `invalid-options` when a limit makes no sense.
 */
export function createSentenceCutter(options: SentenceCutterOptions): SentenceCutter {
  const { minLength = 1, minClauseLength = 24, maxLength = 120, maxWaitMs = 800, clock = systemClock, onSentence } = options;
  if (!(maxLength >= 16 && minLength >= 0 && minClauseLength >= 0 && minLength <= maxLength && maxWaitMs > 0)) {
    throw new AvatarError('invalid-options', {
      message: 'Sentence limits: maxLength must be 16 or more, minLength at most maxLength, maxWaitMs above 0, and none negative.',
    });
  }
  /** White space in front of the body: it is not part of a piece and must not fill one up. */
  let lead = '';
  let body = '';
  /** Everything in the body before this has been decided. */
  let decided = 0;
  /** Counts `clear()`, which whoever takes a sentence may call. */
  let clears = 0;
  let cancelTimer: (() => void) | null = null;

  function emit(end: number): void {
    const raw = lead + body.slice(0, end);
    const rest = body.slice(end);
    body = rest.trimStart();
    lead = rest.slice(0, rest.length - body.length);
    decided = 0;
    stopTimer();
    onSentence(raw.trim(), raw);
  }

  function cut(): void {
    for (;;) {
      const scan = scanBoundary(body, decided);
      if (scan.kind === 'boundary') {
        const piece = body.slice(0, scan.end).trimEnd();
        const enough = scan.strength === 'sentence' ? minLength : Math.max(minLength, minClauseLength);
        if (scan.end <= maxLength && isSpeakable(piece) && spokenLength(piece) >= enough) emit(scan.end);
        else decided = scan.end;
        continue;
      }
      decided = scan.kind === 'undecided' ? scan.from : body.length;
      const end = body.length > maxLength ? forcedCut(body, maxLength, true) : 0;
      if (end === 0) return;
      emit(end);
    }
  }

  function startTimer(): void {
    if (body === '' || cancelTimer || maxWaitMs === Infinity) return;
    cancelTimer = clock.schedule(() => {
      cancelTimer = null;
      const end = endsSentence(body, decided) ? body.length : forcedCut(body, body.length - 1, false);
      if (end > 0 && isSpeakable(body.slice(0, end)) && spokenLength(body.slice(0, end)) >= minLength) emit(end);
      startTimer();
    }, maxWaitMs);
  }

  function stopTimer(): void {
    cancelTimer?.();
    cancelTimer = null;
  }

  return {
    push(text) {
      // Unit by unit, so that the cap falls on the same place however the text is portioned.
      const before = clears;
      for (let index = 0; index < text.length && clears === before; index++) {
        const unit = text.charAt(index);
        if (body === '' && isSpace(unit)) {
          lead += unit;
          continue;
        }
        body += unit;
        cut();
      }
      startTimer();
    },
    flush() {
      if (body !== '') emit(body.length);
      lead = '';
    },
    clear() {
      clears++;
      stopTimer();
      lead = '';
      body = '';
      decided = 0;
    },
  };
}
