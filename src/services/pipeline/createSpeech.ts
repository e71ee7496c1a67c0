import { createDeferred, type Deferred } from '../../clock/createDeferred.js';
import { pipelineError, unexpectedItem } from './pipelineError.js';
import type { PipelineSettings } from './pipeline.js';
import { readItems } from '../../streams/readItems.js';

/** The sound of one sentence, which is read ahead while the sentence before is being delivered. */
export interface Speech {
  /** Next samples; null at the end. Rejects with what ended it early, after all that had come before. */
  next(): Promise<Int16Array | null>;
  /** Samples in the whole sentence; null while more may come. */
  readonly totalSamples: number | null;
}

/** Begins to synthesise a sentence at once. */
export function createSpeech(sentence: string, settings: PipelineSettings, signal: AbortSignal): Speech {
  const chunks: Int16Array[] = [];
  let received = 0;
  let outcome: { readonly error: Error | null } | null = null;
  let changed: Deferred<void> = createDeferred();

  function announce(): void {
    const waiting = changed;
    changed = createDeferred();
    waiting.resolve();
  }

  async function read(): Promise<void> {
    const items = readItems<Int16Array>(() => settings.synthesize(sentence, { signal }), {
      isItem: (value) => value instanceof Int16Array,
      refuse: (value) => unexpectedItem('synthesize', 'Int16Array samples', value),
      signal,
    });
    for await (const samples of items) {
      if (samples.length === 0) continue;
      // A copy: a synthesiser may fill the same array again.
      chunks.push(samples.slice());
      received += samples.length;
      announce();
    }
  }

  void read().then(
    () => {
      outcome = { error: null };
      announce();
    },
    (error: unknown) => {
      outcome = { error: signal.aborted && error instanceof Error ? error : pipelineError('synthesize', error) };
      announce();
    },
  );

  return {
    async next() {
      for (;;) {
        const samples = chunks.shift();
        if (samples) return samples;
        if (outcome?.error) throw outcome.error;
        if (outcome) return null;
        await changed.promise;
      }
    },
    get totalSamples() {
      return outcome && !outcome.error ? received : null;
    },
  };
}
