import { readFileSync } from 'node:fs';
import { nonstandard } from './roomClient.js';

const RATE_HZ = 16_000;
const FRAME = 160;
/** Real speech: 44 bytes of header, then s16le, mono, 16 kHz. */
const recorded = readFileSync('test/fixtures/speech-16k.wav').subarray(44);
export const recording = new Int16Array(recorded.buffer.slice(recorded.byteOffset, recorded.byteOffset + (recorded.length & ~1)));

export interface Microphone {
  readonly track: MediaStreamTrack;
  /** Queues samples: Int16Array [samples], mono, 16 kHz. Silence comes when there are none. */
  say(samples: Int16Array): void;
  stop(): void;
}

/** A microphone that is always on, as a browser's is. */
export function createMicrophone(): Microphone {
  const source = new nonstandard.RTCAudioSource();
  const track = source.createTrack();
  const queue: Int16Array[] = [];
  let atMs = performance.now();

  function nextFrame(): Int16Array {
    const samples = new Int16Array(FRAME);
    const head = queue.shift();
    if (!head) return samples;
    samples.set(head.subarray(0, FRAME));
    if (head.length > FRAME) queue.unshift(head.subarray(FRAME));
    return samples;
  }

  // By the clock: late timers must not slow speech down.
  const timer = setInterval(() => {
    for (; atMs < performance.now(); atMs += 10) {
      source.onData({ samples: nextFrame(), sampleRate: RATE_HZ, bitsPerSample: 16, channelCount: 1, numberOfFrames: FRAME });
    }
  }, 10);
  return {
    track,
    say: (samples) => void queue.push(samples),
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}
