/** Something like speech: noise of a changing colour in syllables. Float32Array [seconds x 16,000], 16 kHz. */
export function babble(seed: number, seconds: number, level = 0.1): Float32Array {
  let state = Math.imul(seed, 2_654_435_761) | 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
  const sound = new Float32Array(seconds * 16_000);
  let left = 0;
  let loud = 0;
  let gain = 0;
  let turn = 0;
  let y1 = 0;
  let y2 = 0;
  for (let i = 0; i < sound.length; i++) {
    if (left-- <= 0) {
      left = 1200 + 3000 * random();
      loud = random() < 0.2 ? 0 : 0.4 + random();
      turn = 2 * 0.95 * Math.cos((2 * Math.PI * (300 + 3000 * random() ** 2)) / 16_000);
    }
    gain += 0.005 * (loud - gain);
    const y = random() - 0.5 + turn * y1 - 0.9025 * y2;
    y2 = y1;
    y1 = y;
    sound[i] = level * 0.35 * gain * y;
  }
  return sound;
}

/** The sound after a way of so many milliseconds, with two reflections. */
export function echoOf(sound: Float32Array, delayMs: number, gain: number): Float32Array {
  const delay = delayMs * 16;
  return sound.map((_, i) => gain * ((sound[i - delay] ?? 0) - 0.4 * (sound[i - delay - 90] ?? 0) + 0.25 * (sound[i - delay - 700] ?? 0)));
}

export function mix(a: Float32Array, b: Float32Array, at = 0): Float32Array {
  const sum = Float32Array.from(a);
  for (let i = 0; i < b.length && at + i < sum.length; i++) sum[at + i] = (sum[at + i] ?? 0) + (b[i] ?? 0);
  return sum;
}

export function toInt16(sound: Float32Array): Int16Array {
  return Int16Array.from(sound, (sample) => Math.round(32_767 * Math.max(-1, Math.min(1, sample))));
}

/** Calls back for every 10 ms of two sounds. */
export function inFrames<Sound extends Int16Array | Float32Array>(a: Sound, b: Sound, hear: (a: Sound, b: Sound, ms: number) => void): void {
  for (let at = 0; at + 160 <= a.length; at += 160) hear(a.subarray(at, at + 160) as Sound, b.subarray(at, at + 160) as Sound, at / 16);
}
