import type { Clock } from '../../clock/clock.js';
import type { AvatarError } from '../../errors/AvatarError.js';
import { createUtteranceSegmenter } from '../../turn-taking/createUtteranceSegmenter.js';
import { abortable } from '../../streams/abortable.js';
import { pipelineError, unexpectedItem } from './pipelineError.js';
import type { PipelineOptions } from './pipeline.js';

export interface ListenerOptions {
  readonly transcribe: NonNullable<PipelineOptions['transcribe']>;
  readonly sampleRateHz: number;
  readonly hangoverMs: number;
  readonly clock: Clock;
  readonly onSpeechStart: () => void;
  /** Takes the text of each utterance in the order in which they were spoken; it may be empty. */
  readonly onText: (text: string) => void;
  readonly onError: (error: AvatarError) => void;
}

/** Finds the user's utterances and has them transcribed. */
export interface Listener {
  push(samples: Int16Array): void;
  /** No more sound is coming for now. */
  flush(): void;
  /** Forgets the utterances that are being transcribed. */
  forget(): void;
  close(): void;
  /** True while the user speaks, or what was said is still being transcribed. */
  readonly busy: boolean;
  readonly speaking: boolean;
}

/** So long without any sound, not even quiet, and no more is coming. A busy main thread is late by less. */
const IDLE_MS = 1500;

/** Makes a listener. Utterances are transcribed side by side and reported in order. */
export function createListener(options: ListenerOptions): Listener {
  const { transcribe, sampleRateHz, hangoverMs, clock, onSpeechStart, onText, onError } = options;
  let controller = new AbortController();
  let previous: Promise<void> = Promise.resolve();
  let transcribing = 0;
  let cancelIdle: (() => void) | null = null;
  let lastPushMs = 0;

  const segmenter = createUtteranceSegmenter({
    sampleRateHz,
    hangoverMs,
    onSpeechStart() {
      watchIdle(IDLE_MS);
      onSpeechStart();
    },
    onUtterance(samples) {
      transcribing++;
      previous = report(previous, read(samples, controller.signal), controller.signal);
    },
  });

  async function read(samples: Int16Array, signal: AbortSignal): Promise<string> {
    try {
      const text: unknown = await abortable(transcribe(samples, { sampleRateHz, signal }), signal);
      if (typeof text !== 'string') throw unexpectedItem('transcribe', 'text', text);
      return text.trim();
    } catch (error) {
      if (!signal.aborted) onError(pipelineError('transcribe', error));
      return '';
    }
  }

  async function report(earlier: Promise<void>, reading: Promise<string>, signal: AbortSignal): Promise<void> {
    const text = await reading;
    await earlier;
    if (signal.aborted) return;
    transcribing--;
    onText(text);
  }

  /** A microphone that is switched off in mid-word sends no quiet to end the utterance by. */
  function watchIdle(delayMs: number): void {
    cancelIdle?.();
    cancelIdle = clock.schedule(() => {
      cancelIdle = null;
      if (!segmenter.speaking) return;
      const idleMs = clock.now() - lastPushMs;
      if (idleMs >= IDLE_MS) segmenter.flush();
      else watchIdle(IDLE_MS - idleMs);
    }, delayMs);
  }

  function forget(): void {
    controller.abort();
    controller = new AbortController();
    transcribing = 0;
  }

  return {
    push(samples) {
      lastPushMs = clock.now();
      segmenter.push(samples);
    },
    flush: () => segmenter.flush(),
    forget,
    close() {
      forget();
      segmenter.clear();
      cancelIdle?.();
      cancelIdle = null;
    },
    get busy() {
      return segmenter.speaking || transcribing > 0;
    },
    get speaking() {
      return segmenter.speaking;
    },
  };
}
