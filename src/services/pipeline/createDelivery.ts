import type { Clock } from '../../clock/clock.js';
import { abortReason } from '../../errors/abort.js';
import { sleep } from '../../streams/abortable.js';

export interface DeliveryOptions {
  readonly clock: Clock;
  readonly sampleRateHz: number;
  /** How far ahead of what is heard it delivers. */
  readonly leadMs: number;
  readonly signal: AbortSignal;
  readonly onSpeech: (samples: Int16Array) => void;
}

/** Small enough that an interrupt wastes little. */
const SLICE_MS = 100;

/**
 * Delivers speech at the pace at which it is heard, a little ahead. A synthesiser is faster than speech: without this
 * a whole reply would be paid for and noted as said that the user interrupts after its first words.
 */
export function createDelivery(options: DeliveryOptions): { deliver(samples: Int16Array, onDelivered: (count: number) => void): Promise<void> } {
  const { clock, sampleRateHz, leadMs, signal, onSpeech } = options;
  const sliceSamples = Math.round((sampleRateHz * SLICE_MS) / 1000);
  /** When all that was delivered will have been heard. */
  let heardMs = -Infinity;

  return {
    async deliver(samples, onDelivered) {
      for (let start = 0; start < samples.length; start += sliceSamples) {
        heardMs = Math.max(heardMs, clock.now());
        const waitMs = heardMs - clock.now() - leadMs;
        if (waitMs > 0) await sleep(clock, waitMs, signal);
        if (signal.aborted) throw abortReason(signal);
        const slice = samples.subarray(start, start + sliceSamples);
        heardMs += (slice.length * 1000) / sampleRateHz;
        onDelivered(slice.length);
        onSpeech(slice);
      }
    },
  };
}
