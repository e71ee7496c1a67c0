import { AvatarError } from '../../errors/AvatarError.js';
import { loadPart } from '../../errors/loadPart.js';
import type { SentenceLimits } from '../../turn-taking/createSentenceCutter.js';
import type { VoiceService } from '../service.js';
import type { Streamed } from '../../streams/readItems.js';

/** What was said before the present turn. Of the assistant only what was delivered: of an interrupted reply, its beginning. */
export interface PipelineMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What the user said, to be answered. */
export interface PipelineTurn {
  readonly text: string;
  /** Grows by one with every turn of the connection, from 1. */
  readonly turnId: number;
  /** Oldest first; the present text is not in it. */
  readonly history: readonly PipelineMessage[];
}

/** Options of the pipeline: your own language model and speech synthesiser, and speech recognition if the user is to speak. */
export interface PipelineOptions {
  /**
   * Writes down an utterance: Int16Array [samples], mono. Empty text makes no turn.
   * Without it the microphone is not listened to, and only `sendText` makes turns.
   * Without `respond` it makes transcripts, and what is said to them is up to the application.
   */
  readonly transcribe?: (utterance: Int16Array, options: { readonly sampleRateHz: number; readonly signal: AbortSignal }) => Promise<string>;
  /**
   * Answers a turn: text, or a stream of text cut anywhere, such as the AI SDK's `textStream`. The signal is aborted when the answer is
   * no longer wanted. Without it nothing is answered: the pipeline is then a voice for `session.speak(text)`.
   */
  readonly respond?: (turn: PipelineTurn, options: { readonly signal: AbortSignal }) => Streamed<string> | PromiseLike<Streamed<string>>;
  /** Speaks a sentence: samples, or a stream of them, Int16Array [samples], mono, at `sampleRateHz`. */
  readonly synthesize: (sentence: string, options: { readonly signal: AbortSignal }) => Streamed<Int16Array> | PromiseLike<Streamed<Int16Array>>;
  /** Rate of the synthesised speech, 8,000 to 96,000. */
  readonly sampleRateHz: number;
  /** How replies are cut into sentences. */
  readonly sentences?: SentenceLimits;
  /** Quiet that ends an utterance of the user. Milliseconds, default 600. */
  readonly hangoverMs?: number;
  /**
   * What interrupts a reply: `voice` (default), as soon as the user can be heard; `transcript`, when words have been understood,
   * which is later and lets noise pass.
   */
  readonly bargeIn?: 'voice' | 'transcript';
  /** How far ahead of what is heard speech is delivered. Milliseconds, default 1,000. */
  readonly leadMs?: number;
  /** How many messages `history` keeps. Default 100. */
  readonly maxHistory?: number;
}

/** Options with every default filled in. */
export type PipelineSettings = Required<Omit<PipelineOptions, 'transcribe' | 'respond'>> & Pick<PipelineOptions, 'transcribe' | 'respond'>;

/**
 * A voice service made of your own functions: what the user says is transcribed, answered sentence by sentence, and spoken.
 * The next sentence is synthesised while the present one is heard; when the user speaks, all of the old turn is aborted.
 *
 * The functions run in the page: let them call routes of your server, which hold the keys.
 *
 * @example
 * ```ts
 * const voice = pipeline({
 *   respond: ({ text, history }, { signal }) =>
 *     fetch('/api/chat', { method: 'POST', body: JSON.stringify({ text, history }), signal }).then(readTextStream),
 *   synthesize: (sentence, { signal }) => fetch('/api/speech', { method: 'POST', body: sentence, signal }).then(readPcmStream),
 *   sampleRateHz: 24_000,
 * });
 * ```
 * @throws AvatarError `invalid-options` when a function is missing or a number is out of range.
 */
export function pipeline(options: PipelineOptions): VoiceService {
  const settings: PipelineSettings = { sentences: {}, hangoverMs: 600, bargeIn: 'voice', leadMs: 1_000, maxHistory: 100, ...options };
  const isFunction = (value: unknown) => typeof value === 'function';
  const { sampleRateHz, hangoverMs, leadMs, maxHistory, transcribe, respond } = settings;
  const refuse = (message: string) => new AvatarError('invalid-options', { message: `pipeline: ${message}` });
  if (!isFunction(settings.synthesize)) throw refuse('synthesize must be a function.');
  if (respond !== undefined && !isFunction(respond)) throw refuse('respond must be a function, or left out.');
  if (transcribe !== undefined && !isFunction(transcribe)) throw refuse('transcribe must be a function, or left out.');
  if (!(Number.isInteger(sampleRateHz) && sampleRateHz >= 8_000 && sampleRateHz <= 96_000)) {
    throw refuse(`sampleRateHz must say the rate of the synthesised speech, 8,000 to 96,000, not ${String(sampleRateHz)}.`);
  }
  if (!(hangoverMs > 0 && leadMs >= 0 && maxHistory >= 0)) throw refuse('hangoverMs must be positive, leadMs and maxHistory at least 0.');
  return {
    kind: 'pipeline',
    grantRequest: null,
    takesText: respond !== undefined,
    preload: load,
    async connect(connectOptions) {
      const { connectPipeline } = await load();
      return connectPipeline(settings, connectOptions);
    },
  };
}

function load(): Promise<typeof import('./connectPipeline.js')> {
  return loadPart('What runs the pipeline', () => import('./connectPipeline.js'));
}
