import { createPcmQueue } from './createPcmQueue.js';
import { createResampler, type Resampler } from './createResampler.js';
import type { PcmChunk } from './pcmChunk.js';

/** Speech of any rates as one unbroken stream at the context's rate. */
export interface PcmSource {
  /** Milliseconds read since the last `clear()`. */
  readonly readMs: number;
  /** Milliseconds pushed and not yet read. */
  readonly bufferedMs: number;
  push(chunk: PcmChunk): void;
  /**
   * Writes what is there from `output[start]` on. Allocates nothing while the rate stays the same.
   * @returns how many samples were written; fewer than fit means that nothing is left, down to the tail of the filter.
   */
  read(output: Float32Array, start: number): number;
  clear(): void;
}

/** Input samples that are converted at a time. */
const BLOCK = 128;
/** Rates whose filters are kept. One voice has one rate; more is a change of voices. */
const MAX_RATES = 8;

/** A rate's filter and the space that it writes to. */
interface Converter {
  readonly rateHz: number;
  readonly resampler: Resampler;
  /** Output samples by which the filter is late. */
  readonly delay: number;
  readonly output: Float32Array;
}

/**
 * Makes an empty source. A stretch of one rate is resampled as a whole, however it was cut, with the filter's delay taken out;
 * where the rate changes, and where the source runs dry, the filter's tail is played out.
 *
 * @param onRelease - gets each chunk once it has been read or cleared.
 */
export function createPcmSource(outputRateHz: number, onRelease: (chunk: PcmChunk) => void): PcmSource {
  const queue = createPcmQueue(onRelease);
  const converters = new Map<number, Converter>();
  const input = new Float32Array(BLOCK);
  const silence = new Float32Array(BLOCK);

  let pushedMs = 0;
  let finishedMs = 0;
  // The stretch that is being read: all of one rate.
  let converter: Converter | null = null;
  let taken = 0;
  let written = 0;
  let skip = 0;
  // What is converted and not yet read.
  let ready = 0;
  let readyEnd = 0;

  function converterFor(rateHz: number): Converter {
    let found = converters.get(rateHz);
    if (!found) {
      const resampler = createResampler({ inputRateHz: rateHz, outputRateHz, maxBlockLength: BLOCK });
      found = {
        rateHz,
        resampler,
        delay: Math.round((resampler.latencyMs * outputRateHz) / 1000),
        output: new Float32Array(resampler.maxOutputLength(BLOCK)),
      };
      if (converters.size >= MAX_RATES) converters.clear();
      converters.set(rateHz, found);
    }
    return found;
  }

  function begin(next: Converter): void {
    next.resampler.reset();
    converter = next;
    taken = 0;
    written = 0;
    skip = next.delay;
    ready = readyEnd = 0;
  }

  function convert(current: Converter, samples: Float32Array, length: number): void {
    const count = current.resampler.process(samples, length, current.output);
    ready = Math.min(skip, count);
    skip -= ready;
    readyEnd = count;
  }

  /** Refills what is ready; false when nothing is left at all. */
  function refill(): boolean {
    if (!converter) {
      if (queue.empty) return false;
      begin(converterFor(queue.sampleRateHz));
      return true;
    }
    if (queue.sampleRateHz === converter.rateHz) {
      const count = queue.read(input, BLOCK);
      taken += count;
      convert(converter, input, count);
      return true;
    }
    const missing = Math.round((taken * outputRateHz) / converter.rateHz) - written;
    if (missing > 0) {
      convert(converter, silence, BLOCK);
      readyEnd = Math.min(readyEnd, ready + missing);
      return true;
    }
    finishedMs += (taken / converter.rateHz) * 1000;
    converter = null;
    return !queue.empty;
  }

  const readMs = () => finishedMs + (converter ? Math.min(written / outputRateHz, taken / converter.rateHz) * 1000 : 0);

  return {
    get readMs() {
      return readMs();
    },
    get bufferedMs() {
      // Sums of fractions: a billionth of a millisecond is nothing.
      return queue.empty && !converter ? 0 : Math.max(0, pushedMs - readMs());
    },
    push(chunk) {
      const rateHz = chunk.rate[0] ?? 0;
      pushedMs += ((chunk.counters[2] ?? 0) / rateHz) * 1000;
      converterFor(rateHz); // made here, between two quanta: designing a filter takes milliseconds
      queue.push(chunk);
    },
    read(output, start) {
      let position = start;
      while (position < output.length) {
        if (ready === readyEnd && !refill()) break;
        const from = converter?.output;
        const count = Math.min(readyEnd - ready, output.length - position);
        for (let i = 0; i < count; i++) output[position + i] = from?.[ready + i] ?? 0;
        ready += count;
        written += count;
        position += count;
      }
      return position - start;
    },
    clear() {
      queue.clear();
      converter = null;
      ready = readyEnd = 0;
      pushedMs = finishedMs = 0;
    },
  };
}
