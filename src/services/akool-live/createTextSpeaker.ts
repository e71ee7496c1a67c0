import type { Clock } from '../../clock/clock.js';
import { createDeferred } from '../../clock/createDeferred.js';
import { AvatarError } from '../../errors/AvatarError.js';
import { abortable } from '../../streams/abortable.js';
import { readItems } from '../../streams/readItems.js';
import { spokenLength } from '../../turn-taking/characters.js';
import { createSentenceCutter } from '../../turn-taking/createSentenceCutter.js';
import type { UtteranceWatch } from './createUtteranceWatch.js';

export interface TextSpeakerOptions {
  readonly clock: Clock;
  readonly utterance: UtteranceWatch;
  /** Hands one piece to the avatar, which says it at once: whatever it is saying then is cut off. */
  readonly send: (piece: string, signal: AbortSignal) => Promise<void>;
}

/** As fast as people speak: about 14 characters in a second. */
const MS_PER_CHARACTER = 70;
/** Half a sentence is heard as one, since the avatar stops after it: a text that hesitates is waited for longer than elsewhere. */
const SENTENCES = { maxWaitMs: 3_000 };

/**
 * Says text while it is still being written. The first sentence leaves as soon as it is complete; what comes while the avatar says it
 * leaves in one piece afterwards, since a second text would cut off the first.
 *
 * @returns takes one text. It rejects with what the text or `send` rejects with, also when aborted.
 */
export function createTextSpeaker({ clock, utterance, send }: TextSpeakerOptions): (text: AsyncIterable<string>, signal: AbortSignal) => Promise<void> {
  async function write(text: AsyncIterable<string>, onSentence: (raw: string) => void, signal: AbortSignal): Promise<void> {
    const cutter = createSentenceCutter({ ...SENTENCES, clock, onSentence: (_sentence, raw) => onSentence(raw) });
    try {
      for await (const piece of readItems(() => text, { isItem: isText, refuse: notText, signal })) cutter.push(piece);
      cutter.flush();
    } finally {
      cutter.clear();
    }
  }

  return async (text, signal) => {
    let ready = '';
    let ended = false;
    let changed = createDeferred();
    const failure = createDeferred<never>();
    const wake = () => {
      changed.resolve();
      changed = createDeferred();
    };
    const onSentence = (raw: string) => {
      ready += raw;
      wake();
    };
    const onEnd = () => {
      ended = true;
      wake();
    };
    const onFail = (cause: unknown) => failure.reject(cause instanceof Error ? cause : new Error('The text broke off.', { cause }));
    void write(text, onSentence, signal).then(onEnd, onFail);
    // A text that breaks off is not said to its end.
    const wait = (promise: Promise<void>) => abortable(Promise.race([failure.promise, promise]), signal);

    for (;;) {
      while (ready.trim() === '' && !ended) await wait(changed.promise);
      if (ready.trim() === '') return;
      await wait(utterance.said());
      const piece = ready.trim();
      ready = '';
      await send(piece, signal);
      utterance.begin(spokenLength(piece) * MS_PER_CHARACTER);
    }
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function notText(value: unknown): Error {
  return new AvatarError('invalid-options', { message: `What is to be said must be text in pieces; one of them is ${value === null ? 'null' : typeof value}.` });
}
