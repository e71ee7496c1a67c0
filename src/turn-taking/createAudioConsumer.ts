import type { Clock } from '../clock/clock.js';
import { AvatarError } from '../errors/AvatarError.js';

export interface AudioConsumerOptions {
  readonly clock: Clock;
  /** A multiple of 100, so that 10 ms are a whole number of samples. */
  readonly sampleRateHz: number;
  /** Interleaved. Default 1. */
  readonly channels?: number;
  /** Takes a whole number of 10 ms frames: Int16Array [samples], interleaved. The array is the receiver's to keep. */
  readonly send: (samples: Int16Array) => void;
}

/** Hands audio on at the pace at which it is heard, a little ahead. Driven by its caller, 40 to 80 ms apart. */
export interface AudioConsumer {
  /** Adds samples, any number of them; copied. */
  push(samples: Int16Array): void;
  /**
   * Hands on what is due.
   * @returns 10 ms frames handed on since the pace was last set; -2 while it waits for 100 ms to begin with; -1 after `close()`.
   */
  consume(): number;
  /** No more is coming for now: what is left goes out even if it is less than 100 ms, its last frame filled up with silence. */
  end(): void;
  /** Drops what has not been handed on. */
  clear(): void;
  /** Drops everything; all methods do nothing from here on. Idempotent. */
  close(): void;
  /** Milliseconds that wait. */
  readonly bufferedMs: number;
  /** True when all has been handed on and, by the clock, has been heard as well. */
  readonly completed: boolean;
}

const FRAME_MS = 10;
/** How far ahead of real time it sends, and how much it waits for before it begins. Upstream's own. */
const LEAD_FRAMES = 10;
/** What upstream reckons between sending and hearing. */
const NETWORK_DELAY_MS = 200;

/**
 * Makes an empty consumer with the pacing of Agora's `AudioConsumer`: 100 ms at once, then real time; after more than 100 ms of
 * starvation it begins anew. Upstream keeps the last 90 ms for ever; `end()` lets them go.
 *
 * @example
 * ```ts
 * const consumer = createAudioConsumer({ clock: systemClock, sampleRateHz: 16_000, send: (samples) => connection.sendAudio(samples) });
 * consumer.push(speech);
 * const timer = setInterval(() => consumer.consume(), 50);
 * ```
 * @throws AvatarError `invalid-options` when the format is none.
 * @see `agora/rtc/utils/audio_consumer.py` of Agora's Python server SDK 2.4
 */
export function createAudioConsumer(options: AudioConsumerOptions): AudioConsumer {
  const { clock, sampleRateHz, channels = 1, send } = options;
  if (!(Number.isInteger(sampleRateHz / 100) && sampleRateHz > 0 && Number.isInteger(channels) && channels > 0)) {
    throw new AvatarError('invalid-options', { message: `createAudioConsumer: ${sampleRateHz} Hz with ${channels} channels is no format; the rate must be a multiple of 100.` });
  }
  const frameSamples = (sampleRateHz / 100) * channels;
  const chunks: Int16Array[] = [];
  let buffered = 0;
  /** Whether what is buffered is the end of a stream and need not wait for more. */
  let ended = false;
  let closed = false;
  let startMs = -Infinity;
  let consumedFrames = 0;
  let lastConsumeMs = -Infinity;

  function take(count: number): Int16Array {
    const taken = new Int16Array(count);
    for (let filled = 0; filled < count; ) {
      const chunk = chunks.shift();
      if (!chunk) break;
      const part = chunk.subarray(0, count - filled);
      taken.set(part, filled);
      filled += part.length;
      if (part.length < chunk.length) chunks.unshift(chunk.subarray(part.length));
    }
    buffered -= count;
    return taken;
  }

  function clear(): void {
    chunks.length = 0;
    buffered = 0;
    ended = false;
  }

  return {
    push(samples) {
      if (closed || samples.length === 0) return;
      chunks.push(samples.slice());
      buffered += samples.length;
      ended = false;
    },
    consume() {
      if (closed) return -1;
      const nowMs = clock.now();
      let dueFrames = Math.floor((nowMs - startMs) / FRAME_MS) - consumedFrames;
      const availableFrames = Math.floor(buffered / frameSamples);
      if (buffered > 0) lastConsumeMs = nowMs;
      if (dueFrames > LEAD_FRAMES) {
        if (availableFrames < LEAD_FRAMES && !(ended && availableFrames > 0)) return -2;
        startMs = nowMs;
        dueFrames = Math.min(LEAD_FRAMES, availableFrames);
        consumedFrames = -dueFrames;
      }
      const frames = Math.min(dueFrames, availableFrames);
      if (frames < 1) return 0;
      consumedFrames += frames;
      send(take(frames * frameSamples));
      return consumedFrames;
    },
    end() {
      if (closed || buffered === 0) return;
      const padding = (frameSamples - (buffered % frameSamples)) % frameSamples;
      if (padding > 0) chunks.push(new Int16Array(padding));
      buffered += padding;
      ended = true;
    },
    clear,
    close() {
      clear();
      closed = true;
    },
    get bufferedMs() {
      return (buffered / frameSamples) * FRAME_MS;
    },
    get completed() {
      return !closed && buffered === 0 && clock.now() - lastConsumeMs > LEAD_FRAMES * FRAME_MS + NETWORK_DELAY_MS;
    },
  };
}
