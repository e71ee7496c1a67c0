import type { Clock } from '../../clock/clock.js';
import { createDeferred, type Deferred } from '../../clock/createDeferred.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { isSpeakable } from '../../turn-taking/characters.js';
import { createSentenceCutter } from '../../turn-taking/createSentenceCutter.js';
import { abortable } from '../../streams/abortable.js';
import { createDelivery } from './createDelivery.js';
import { createSpeech, type Speech } from './createSpeech.js';
import { pipelineError, unexpectedItem } from './pipelineError.js';
import type { PipelineSettings, PipelineTurn } from './pipeline.js';
import { readItems, type Streamed } from '../../streams/readItems.js';

export interface ReplyOptions {
  readonly settings: PipelineSettings;
  /** What it answers; null for text that answers nothing. */
  readonly turn: PipelineTurn | null;
  /** Gives its text. */
  readonly write: (options: { readonly signal: AbortSignal }) => Streamed<string> | PromiseLike<Streamed<string>>;
  readonly clock: Clock;
  readonly onSpeech: (samples: Int16Array) => void;
  /** The text so far, each time that a sentence of it begins to be delivered. */
  readonly onText: (text: string) => void;
  /** Something failed; the reply goes on with what there is. */
  readonly onError: (error: AvatarError) => void;
  /** All has been delivered. Not called after `stop()`. */
  readonly onEnd: () => void;
}

/** One reply under way: written, cut, synthesised and delivered at once. */
export interface Reply {
  readonly turn: PipelineTurn | null;
  /** Resolves when all has been delivered, or when it has been stopped. */
  readonly ended: Promise<void>;
  /** What has been delivered up to now, without white space around; of an interrupted sentence the words that were. */
  spokenText(): string;
  /** What would have followed that in what `onText` was told. */
  unspokenText(): string;
  /** Aborts everything. None of the callbacks is called from here on. */
  stop(): void;
}

interface Piece {
  readonly sentence: string;
  readonly raw: string;
}

/** Starts a reply. While a sentence is delivered, the next one is synthesised, and none beyond it. */
export function createReply(options: ReplyOptions): Reply {
  const { settings, turn, clock, onText, onError, onEnd } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const delivery = createDelivery({ clock, sampleRateHz: settings.sampleRateHz, leadMs: settings.leadMs, signal, onSpeech: options.onSpeech });
  const pieces: Piece[] = [];
  let written = false;
  let more: Deferred<void> = createDeferred();
  const over = createDeferred();
  let delivered = '';
  let shown = '';
  let present: (Piece & { readonly speech: Speech; deliveredSamples: number }) | null = null;

  const cutter = createSentenceCutter({
    ...settings.sentences,
    clock,
    onSentence(sentence, raw) {
      pieces.push({ sentence, raw });
      announce();
    },
  });

  function announce(): void {
    const waiting = more;
    more = createDeferred();
    waiting.resolve();
  }

  async function write(): Promise<void> {
    try {
      const texts = readItems<string>(() => options.write({ signal }), {
        isItem: (value) => typeof value === 'string',
        refuse: (value) => unexpectedItem('respond', 'text', value),
        signal,
      });
      for await (const text of texts) cutter.push(text);
      cutter.flush();
    } catch (error) {
      // Half a sentence is not worth saying; whole ones are, and white space shows whether the last one was whole.
      if (!signal.aborted) cutter.push(' ');
      cutter.clear();
      if (!signal.aborted) onError(pipelineError('respond', error));
    }
    written = true;
    announce();
  }

  /** Waits for the next sentence and starts to synthesise it. */
  async function prepare(): Promise<(Piece & { readonly speech: Speech | null }) | null> {
    for (;;) {
      const piece = pieces.shift();
      // Marks alone are text, but nothing to say.
      if (piece) return { ...piece, speech: isSpeakable(piece.sentence) ? createSpeech(piece.sentence, settings, signal) : null };
      if (written) return null;
      await abortable(more.promise, signal);
    }
  }

  async function deliver(piece: Piece, speech: Speech): Promise<void> {
    const current = { ...piece, speech, deliveredSamples: 0 };
    try {
      for (let samples = await abortable(speech.next(), signal); samples; samples = await abortable(speech.next(), signal)) {
        if (!present) onText((shown = (delivered + piece.raw).trim()));
        present = current;
        await delivery.deliver(samples, (count) => (current.deliveredSamples += count));
      }
      delivered += piece.raw;
    } catch (error) {
      if (signal.aborted) throw error;
      onError(pipelineError('synthesize', error));
    }
    present = null;
  }

  async function speak(): Promise<void> {
    for (let next = prepare(); ; ) {
      const piece = await next;
      if (!piece) return;
      next = prepare();
      next.catch(() => undefined); // it is awaited in the next round, which an abort may prevent
      if (piece.speech) await deliver(piece, piece.speech);
      else delivered += piece.raw;
    }
  }

  void write();
  void speak()
    .then(
      () => {
        if (!signal.aborted) onEnd();
      },
      (error: unknown) => {
        if (!signal.aborted) onError(pipelineError('respond', error));
      },
    )
    .finally(over.resolve);

  const spokenText = () => (delivered + (present ? wordsOf(present, present.deliveredSamples) : '')).trim();

  return {
    turn,
    ended: over.promise,
    spokenText,
    unspokenText: () => shown.slice(spokenText().length),
    stop() {
      cutter.clear();
      controller.abort();
      over.resolve();
    },
  };
}

/** The words of a sentence that a part of its sound contains; none while it is not known how long it will be. */
function wordsOf(piece: Piece & { readonly speech: Speech }, deliveredSamples: number): string {
  const total = piece.speech.totalSamples;
  if (total === null) return '';
  const characters = [...piece.raw];
  const length = Math.floor((characters.length * deliveredSamples) / total);
  const part = characters.slice(0, length).join('');
  if (length === characters.length || !/\s/.test(piece.sentence)) return part;
  return part.replace(/\S*$/u, '');
}
