import { createEchoConvolver } from './echoConvolver.js';
import type { EchoRandom } from './echoRandom.js';

const RATE_HZ = 16_000;
/** Samples of what was played that are kept: a power of two. */
const PAST_SAMPLES = 16_384;
const PAST_MASK = PAST_SAMPLES - 1;

/** The way from the loudspeaker to the microphone: everything that makes an echo of what is played. */
export interface EchoRoom {
  /** What is played, Float32Array [160], to what the microphone hears of it, Float32Array [160]. */
  process(played: Float32Array, heard: Float32Array): void;
  /** Somebody moves the device: another response, +-6 dB, sometimes another delay. */
  change(): void;
  /** Sets what the whole way does to the level, linear; 1 at first. */
  setGain(gain: number): void;
}

/** An impulse response: sparse early reflections and a tail that decays, with less treble the later. Unit energy. */
export function createResponse(random: EchoRandom): Float32Array {
  const decaySeconds = random.between(0.2, 0.5);
  const response = new Float32Array(Math.round(Math.min(0.55, decaySeconds * 1.1) * RATE_HZ));
  response[0] = 1;
  for (let i = 0; i < 12; i++) response[Math.round(random.between(8, 500))] = random.between(0.1, 0.55) * (random.chance(0.5) ? 1 : -1);
  const tail = 10 ** (random.between(-32, -24) / 20);
  let low = 0;
  for (let n = 120; n < response.length; n++) {
    low += 0.55 * (random.normal() - low);
    response[n] = (response[n] ?? 0) + tail * 1.6 * low * 10 ** ((-3 * n) / RATE_HZ / decaySeconds) * Math.min(1, (n - 120) / 300);
  }
  const energy = Math.sqrt(response.reduce((sum, value) => sum + value * value, 0));
  return response.map((value) => value / energy);
}

/** Makes a loudspeaker, a room and the delay of the device. */
export function createEchoRoom(random: EchoRandom): EchoRoom {
  const convolver = createEchoConvolver(createResponse(random));
  const lower = highPass(random.between(180, 380));
  const middle = peak(random.between(700, 1800), random.between(-5, 6), 1.2);
  const upper = peak(random.between(2200, 4500), random.between(-5, 6), 1.5);
  const drive = random.between(0.5, 2.5);
  const skew = random.chance(0.5) ? random.between(-1e-4, 1e-4) : 0;
  const past = new Float32Array(PAST_SAMPLES);
  const speaker = new Float32Array(160);
  let written = 0;
  let delay = random.between(0.02, 0.45) * RATE_HZ;
  let gain = 1;
  let pathDb = 0;
  let walkDb = 0;

  return {
    process(played, heard) {
      for (let i = 0; i < 160; i++) {
        // Filters that decay to nothing at all become slow.
        past[written & PAST_MASK] = (played[i] ?? 0) + 1e-8 * (random.next() - 0.5);
        delay += skew;
        const from = written - Math.max(16, delay);
        written++;
        const whole = Math.floor(from);
        const part = from - whole;
        let sample = (1 - part) * (past[whole & PAST_MASK] ?? 0) + part * (past[(whole + 1) & PAST_MASK] ?? 0);
        sample = lower(middle(upper(sample)));
        speaker[i] = saturate(drive * sample) / drive;
      }
      convolver.process(speaker, heard);
      walkDb = Math.max(-2, Math.min(2, walkDb + 0.02 * random.normal()));
      const level = gain * 10 ** ((pathDb + walkDb) / 20);
      for (let i = 0; i < 160; i++) heard[i] = level * (heard[i] ?? 0);
    },
    change() {
      convolver.change(createResponse(random));
      pathDb = random.chance(0.5) ? random.between(2, 6) : random.between(-6, -2);
      if (random.chance(0.4)) delay = Math.max(320, Math.min(0.45 * RATE_HZ, delay + random.between(-0.08, 0.08) * RATE_HZ));
    },
    setGain(value) {
      gain = value;
    },
  };
}

/** Nearly a hyperbolic tangent, and much faster. */
function saturate(x: number): number {
  return Math.abs(x) > 3 ? Math.sign(x) : (x * (27 + x * x)) / (27 + 9 * x * x);
}

type Filter = (sample: number) => number;

function biquad(b0: number, b1: number, b2: number, a0: number, a1: number, a2: number): Filter {
  let s1 = 0;
  let s2 = 0;
  return (x) => {
    const y = (b0 / a0) * x + s1;
    s1 = (b1 / a0) * x - (a1 / a0) * y + s2;
    s2 = (b2 / a0) * x - (a2 / a0) * y;
    return y;
  };
}

/** @see Audio EQ Cookbook, Robert Bristow-Johnson */
function highPass(hz: number): Filter {
  const w = (2 * Math.PI * hz) / RATE_HZ;
  const alpha = Math.sin(w) / Math.SQRT2;
  const c = Math.cos(w);
  return biquad((1 + c) / 2, -(1 + c), (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha);
}

function peak(hz: number, db: number, q: number): Filter {
  const w = (2 * Math.PI * hz) / RATE_HZ;
  const alpha = Math.sin(w) / (2 * q);
  const c = Math.cos(w);
  const a = 10 ** (db / 40);
  return biquad(1 + alpha * a, -2 * c, 1 - alpha * a, 1 + alpha / a, -2 * c, 1 - alpha / a);
}
