import { createDeferred } from '../clock/createDeferred.js';
import { createAlignedConverter } from '../dsp/createAlignedConverter.js';
import { createMixdown } from '../dsp/createMixdown.js';
import type { ItemSource } from '../streams/openItems.js';
import { SERVICE_RATE_HZ, type SpeechFormat } from './speechFormat.js';
import { speechInvalid, speechMixed } from './speechInvalid.js';
import type { SpeechSource } from './SpeechSource.js';

export interface StreamedSpeech {
  readonly items: ItemSource;
  /** What has been read of it already. */
  readonly first: Int16Array;
  readonly format: SpeechFormat;
}

/** So much is pulled ahead of what is said; a stream that has more waits. */
const MAX_AHEAD_SAMPLES = 2 * SERVICE_RATE_HZ;

/** Begins to pull samples out of a stream, cut anywhere. */
export function speechFromStream({ items, first, format }: StreamedSpeech): SpeechSource {
  const mix = createMixdown(format.channels);
  const converter = createAlignedConverter(format.sampleRateHz, SERVICE_RATE_HZ);
  const chunks: Int16Array[] = [];
  let buffered = 0;
  let done = false;
  let failure: SpeechSource['failure'] = null;
  let room = createDeferred();
  let notify = () => {};

  function push(samples: Int16Array): void {
    if (samples.length === 0) return;
    chunks.push(samples);
    buffered += samples.length;
    notify();
  }

  async function pull(): Promise<void> {
    push(converter.convert(mix(first)));
    for (;;) {
      if (buffered >= MAX_AHEAD_SAMPLES) await room.promise;
      const { done: isDone, value } = await items.next();
      if (isDone) break;
      if (typeof value === 'string') throw speechMixed('samples', 'text');
      if (!(value instanceof Int16Array)) throw speechInvalid(value, 'The stream gave');
      push(converter.convert(mix(value)));
    }
    push(converter.end());
    done = true;
    notify();
  }

  void pull().catch((error: unknown) => {
    failure = { error };
    items.cancel();
    notify();
  });

  return {
    peek: (maxLength) => chunks[0]?.subarray(0, maxLength) ?? new Int16Array(0),
    skip(length) {
      const head = chunks.shift();
      if (!head) return;
      if (length < head.length) chunks.unshift(head.subarray(length));
      buffered -= length;
      if (buffered >= MAX_AHEAD_SAMPLES) return;
      room.resolve();
      room = createDeferred();
    },
    get ended() {
      return done && buffered === 0;
    },
    get failure() {
      return failure;
    },
    watch(listener) {
      notify = listener;
    },
  };
}
