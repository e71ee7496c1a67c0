import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMouth, type MouthPose } from '../../../src/emulator/face/createMouth.js';

const FRAME_SAMPLES = 160;
const WAV_HEADER_BYTES = 44;
/** Speech of the fixture in seconds, from the labels of the recording that it was cut from. */
const SPEECH_SECONDS = [[0.16, 1.02], [1.94, 2.42], [2.6, 3.83]] as const;

function readSpeech(): Int16Array {
  const file = readFileSync(new URL('../../fixtures/face-speech.wav', import.meta.url));
  return new Int16Array(file.buffer.slice(file.byteOffset + WAV_HEADER_BYTES, file.byteOffset + file.byteLength));
}

function framesOf(samples: Int16Array): Int16Array[] {
  const count = Math.floor(samples.length / FRAME_SAMPLES);
  return Array.from({ length: count }, (_, i) => samples.subarray(i * FRAME_SAMPLES, (i + 1) * FRAME_SAMPLES));
}

function follow(samples: Int16Array, mouth = createMouth()): MouthPose[] {
  return framesOf(samples).map((frame) => {
    mouth.push(frame);
    return mouth.pose();
  });
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const dot = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] ?? 0) - my), 0);
  return dot(a, meanA, b, meanB) / Math.sqrt(dot(a, meanA, a, meanA) * dot(b, meanB, b, meanB));
}

const isSpeech = (seconds: number): boolean => SPEECH_SECONDS.some(([from, to]) => seconds >= from && seconds < to);
const silence = (ms: number): Int16Array => new Int16Array(ms * 16);

/** White noise that is the same in every run. */
function noise(ms: number, rms: number): Int16Array {
  let state = 1;
  return Int16Array.from({ length: ms * 16 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * Math.sqrt(12) * rms * 32768;
  });
}

/** A vowel from a 120 Hz pulse train through one resonator per formant, as in Klatt's synthesiser. */
function vowel(formantsHz: readonly number[], ms: number, peak = 0.5): Int16Array {
  let signal = Float64Array.from({ length: ms * 16 }, (_, i) => (i % 133 === 0 ? 1 : 0));
  for (const pole of [0.95, 0.95]) {
    let last = 0;
    signal = signal.map((x) => (last = x + pole * last));
  }
  for (const hz of formantsHz) {
    const radius = Math.exp((-Math.PI * 90) / 16000);
    const b = 2 * radius * Math.cos((2 * Math.PI * hz) / 16000);
    const c = -radius * radius;
    let y1 = 0;
    let y2 = 0;
    signal = signal.map((x) => {
      const y = (1 - b - c) * x + b * y1 + c * y2;
      y2 = y1;
      y1 = y;
      return y;
    });
  }
  // Lips radiate the derivative of the flow.
  const radiated = signal.map((x, i) => x - (signal[i - 1] ?? 0));
  const largest = radiated.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Int16Array.from(radiated, (x) => (x / largest) * peak * 32767);
}

/** Noise above 4 kHz: s. */
function hiss(ms: number): Int16Array {
  const white = noise(ms, 0.15);
  const twice = white.map((x, i) => (x - (white[i - 1] ?? 0)) / 2);
  return twice.map((x, i) => (x - (twice[i - 1] ?? 0)) / 2);
}

const last = (poses: readonly MouthPose[]): MouthPose => poses.at(-1) ?? { mouthOpen: NaN, mouthWidth: NaN };

describe('a mouth that follows recorded speech', () => {
  const samples = readSpeech();
  const poses = follow(samples);
  const open = poses.map((pose) => pose.mouthOpen);

  it('opens with the level of the speech', () => {
    const envelope = framesOf(samples).map((frame) => Math.sqrt(frame.reduce((sum, x) => sum + x * x, 0) / frame.length));
    expect(correlation(open, envelope)).toBeGreaterThanOrEqual(0.8);
  });

  it('moves well within its range: nearly wide open in the loudest vowels', () => {
    const spoken = open.filter((_, i) => isSpeech(i / 100));
    expect(Math.max(...spoken)).toBeGreaterThan(0.85);
    expect(spoken.reduce((sum, x) => sum + x, 0) / spoken.length).toBeGreaterThan(0.35);
  });

  it('is closed in the silence before, between and after', () => {
    const silent = open.filter((_, i) => !isSpeech(i / 100) && !isSpeech(i / 100 - 0.15) && !isSpeech(i / 100 + 0.03));
    expect(silent.length).toBeGreaterThan(80);
    expect(Math.max(...silent)).toBe(0);
  });

  it('opens alike for a voice that is 18 dB softer', () => {
    const soft = follow(samples.map((x) => x / 8)).map((pose) => pose.mouthOpen);
    // The gain needs the first words to get to know the voice.
    expect(correlation(soft.slice(150), open.slice(150))).toBeGreaterThan(0.95);
    expect(Math.max(...soft.slice(150))).toBeGreaterThan(0.7);
  });

  it('takes both round and wide shapes', () => {
    const widths = poses.filter((pose) => pose.mouthOpen > 0.15).map((pose) => pose.mouthWidth);
    expect(Math.min(...widths)).toBeLessThan(-0.25);
    expect(Math.max(...widths)).toBeGreaterThan(0.5);
  });

  it('stays in range', () => {
    for (const { mouthOpen, mouthWidth } of poses) {
      expect(mouthOpen).toBeGreaterThanOrEqual(0);
      expect(mouthOpen).toBeLessThanOrEqual(1);
      expect(Math.abs(mouthWidth)).toBeLessThanOrEqual(1);
    }
  });
});

describe('a mouth in time', () => {
  const a = [730, 1090, 2440];

  it('is open 50 ms after a vowel began', () => {
    const mouth = createMouth();
    follow(silence(500), mouth);
    expect(last(follow(vowel(a, 50), mouth)).mouthOpen).toBeGreaterThan(0.6);
  });

  it('is fully closed 120 ms after the sound stopped', () => {
    const mouth = createMouth();
    expect(last(follow(vowel(a, 400), mouth)).mouthOpen).toBeGreaterThan(0.7);
    expect(last(follow(silence(120), mouth)).mouthOpen).toBe(0);
  });

  it('closes at once on reset, and opens again with the next sound', () => {
    const mouth = createMouth();
    follow(vowel(a, 400), mouth);
    mouth.reset();
    expect(mouth.pose()).toEqual({ mouthOpen: 0, mouthWidth: 0 });
    expect(last(follow(vowel(a, 60), mouth)).mouthOpen).toBeGreaterThan(0.5);
  });

  it('does not flap in steady noise', () => {
    const poses = follow(noise(4000, 0.02)).slice(60);
    expect(Math.max(...poses.map((pose) => pose.mouthOpen))).toBe(0);
  });

  it('stays shut for the hum of a line that is all but silent', () => {
    expect(Math.max(...follow(noise(1000, 0.001)).map((pose) => pose.mouthOpen))).toBe(0);
  });
});

describe('the shape of the lips', () => {
  const shapeOf = (sound: Int16Array): MouthPose => {
    const mouth = createMouth();
    follow(silence(200), mouth);
    return last(follow(sound, mouth));
  };

  it('is round for o and u', () => {
    expect(shapeOf(vowel([450, 800, 2500], 300)).mouthWidth).toBeLessThan(-0.3);
    expect(shapeOf(vowel([310, 700, 2250], 300)).mouthWidth).toBeLessThan(-0.3);
  });

  it('is wide for i, and between for a', () => {
    const i = shapeOf(vowel([280, 2250, 2900], 300)).mouthWidth;
    const a = shapeOf(vowel([730, 1090, 2440], 300)).mouthWidth;
    expect(i).toBeGreaterThan(0.3);
    expect(a).toBeLessThan(i - 0.2);
    expect(a).toBeGreaterThan(shapeOf(vowel([450, 800, 2500], 300)).mouthWidth + 0.05);
  });

  it('is wide with the teeth nearly shut for s, however loud', () => {
    const s = shapeOf(hiss(300));
    expect(s.mouthWidth).toBeGreaterThan(0.7);
    expect(s.mouthOpen).toBeGreaterThan(0.1);
    expect(s.mouthOpen).toBeLessThan(0.3);
  });
});
