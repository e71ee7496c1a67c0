import { anySignal } from '../clock/anySignal.js';
import type { Clock } from '../clock/clock.js';
import { convertPcm } from '../dsp/convertPcm.js';
import { AvatarError } from '../errors/AvatarError.js';
import type { AudioSink } from './createMicrophoneUplink.js';
import type { SpeakOptions, SpeakResult } from './AvatarSession.js';
import { speakPaced } from './speakPaced.js';

/** Says recordings, one after the other. */
export interface Speaker {
  speak(samples: Int16Array, options: SpeakOptions): Promise<SpeakResult>;
  /** Cuts short what is being said and drops what waits behind it. */
  cancel(): void;
  readonly speaking: boolean;
}

export interface SpeakerOptions {
  readonly clock: Clock;
  readonly connection: () => AudioSink | null;
  /** Says text in the service's own voice; null where none has one just now. */
  readonly sayText: () => ((text: AsyncIterable<string>, options: { readonly signal: AbortSignal }) => Promise<void>) | null;
  readonly onChange: (speaking: boolean) => void;
}

/** The rate at which services take speech; recordings are converted to it once, before sending. */
const SERVICE_RATE_HZ = 16_000;

/** Makes a silent speaker. */
export function createSpeaker(options: SpeakerOptions): Speaker {
  const { clock, connection, onChange } = options;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let cancellation = new AbortController();

  function send(samples: Int16Array): boolean {
    const target = connection();
    if (!target) return false;
    target.sendAudio(samples);
    return true;
  }

  return {
    get speaking() {
      return waiting > 0;
    },
    async speak(samples, { sampleRateHz = SERVICE_RATE_HZ, signal }) {
      const converted = convertPcm(checked(samples), sampleRateHz, SERVICE_RATE_HZ);
      const stop = signal ? anySignal([cancellation.signal, signal]) : cancellation.signal;
      if (++waiting === 1) onChange(true);
      const turn = queue.then(() => speakPaced({ samples: converted, sampleRateHz: SERVICE_RATE_HZ, clock, signal: stop, send }));
      queue = turn;
      const result = await turn;
      // The last words must not wait for a chunk that never fills.
      if (!result.interrupted) connection()?.flushAudio();
      if (--waiting === 0) onChange(false);
      return result;
    },
    cancel() {
      cancellation.abort();
      cancellation = new AbortController();
    },
  };
}

function checked(samples: Int16Array): Int16Array {
  if (samples instanceof Int16Array) return samples;
  throw new AvatarError('audio-invalid', {
    message: 'speak() takes an Int16Array of mono samples. Scale Float32Array samples by 32,768, and view the bytes of a PCM file as Int16Array.',
  });
}
