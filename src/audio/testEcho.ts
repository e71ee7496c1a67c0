import { AvatarError } from '../errors/AvatarError.js';
import { abortReason } from '../errors/abort.js';
import type { AudioStream } from './AudioStream.js';
import { judgeEcho, type EchoTestVerdict } from './judgeEcho.js';
import { playSamples, type PlaySamplesOptions } from './playSamples.js';
import { phrase, TEST_SOUND_RATE_HZ } from './testSounds.js';

export interface TestEchoOptions extends Omit<PlaySamplesOptions, 'onStart'> {
  /** Has to be on and not muted. */
  readonly microphone: AudioStream;
}

const QUIET_FRAMES = 40;
/** What is still on its way when the sound has been played. */
const TAIL_FRAMES = 90;

/**
 * Plays a short phrase and tells whether the microphone hears it: whether the browser's echo canceller, or a headset, keeps the
 * assistant's voice out of it. Takes about 6 s. Call it from a click.
 *
 * @throws AvatarError `not-ready` while the microphone is off or muted, and as `playSamples`; the signal's reason when it is aborted
 */
export async function testEcho({ microphone, signal, ...output }: TestEchoOptions): Promise<EchoTestVerdict> {
  signal.throwIfAborted();
  const ears = listen(microphone, signal);
  try {
    const samples = phrase();
    const quiet = await ears.next(QUIET_FRAMES);
    await playSamples(samples, TEST_SOUND_RATE_HZ, { ...output, signal, onStart: ears.forget });
    await ears.next(ears.heard.length + TAIL_FRAMES);
    return judgeEcho({ heard: ears.heard, played: envelope(samples), quiet });
  } finally {
    ears.stop();
  }
}

interface Ears {
  readonly heard: readonly number[];
  /** Resolves with what was heard when it is this many frames. */
  next(frames: number): Promise<readonly number[]>;
  forget(): void;
  stop(): void;
}

/** Time is counted in frames: the microphone's clock is the one that counts here. */
function listen(microphone: AudioStream, signal: AbortSignal): Ears {
  let heard: number[] = [];
  let check = (): void => undefined;
  const stops = [
    microphone.subscribeFrames(({ rms }) => {
      heard.push(rms);
      check();
    }),
    microphone.subscribe(() => check()),
  ];
  return {
    get heard() {
      return heard;
    },
    next: (frames) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => reject(abortReason(signal));
        signal.addEventListener('abort', onAbort, { once: true });
        check = () => {
          const { status, muted } = microphone.getSnapshot();
          const deaf = status !== 'on' || muted;
          if (!deaf && heard.length < frames) return;
          signal.removeEventListener('abort', onAbort);
          check = () => undefined;
          if (deaf) reject(new AvatarError('not-ready', { message: 'The echo test needs a microphone that is on and not muted. Turn it on, then try again.' }));
          else resolve(heard.slice());
        };
        check();
      }),
    forget() {
      heard = [];
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** RMS of every 10 ms. */
function envelope(samples: Int16Array): number[] {
  const frame = TEST_SOUND_RATE_HZ / 100;
  return Array.from({ length: Math.ceil(samples.length / frame) }, (_, n) => {
    const part = samples.subarray(n * frame, (n + 1) * frame);
    return Math.sqrt(part.reduce((sum, value) => sum + (value / 32_768) ** 2, 0) / Math.max(1, part.length));
  });
}
