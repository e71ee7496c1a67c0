const RATE_HZ = 16_000;

/** Speech-like sound: syllables of 180 ms with gaps, each on its own pitch with overtones. Int16Array, mono, 16 kHz. */
export function makeSpeech(durationMs: number): Int16Array {
  const samples = new Int16Array((durationMs * RATE_HZ) / 1000);
  for (let i = 0; i < samples.length; i++) {
    const ms = (i * 1000) / RATE_HZ;
    const syllable = Math.floor(ms / 260);
    const within = (ms % 260) / 180;
    if (within >= 1) continue;
    const pitchHz = 130 + ((syllable * 37) % 90);
    const loudness = Math.sin(Math.PI * within) * (0.35 + ((syllable * 13) % 7) / 12);
    let value = 0;
    for (let overtone = 1; overtone <= 8; overtone++) value += Math.sin((2 * Math.PI * pitchHz * overtone * i) / RATE_HZ) / overtone;
    samples[i] = 9000 * loudness * value;
  }
  return samples;
}

/** RMS of each 10 ms. */
export function envelopeOf(samples: Int16Array, rateHz: number): number[] {
  if (rateHz === 0) return []; // nothing has been heard yet
  const step = rateHz / 100;
  const envelope: number[] = [];
  for (let start = 0; start + step <= samples.length; start += step) {
    let energy = 0;
    for (let i = start; i < start + step; i++) energy += (samples[i] ?? 0) ** 2;
    envelope.push(Math.sqrt(energy / step));
  }
  return envelope;
}

/** Pearson correlation of `pattern` with the best aligned part of `signal`. */
export function bestCorrelation(signal: readonly number[], pattern: readonly number[]): number {
  let best = -1;
  for (let lag = 0; lag + pattern.length <= signal.length; lag++) {
    best = Math.max(best, correlation(signal.slice(lag, lag + pattern.length), pattern));
  }
  return best;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanA = mean(a);
  const meanB = mean(b);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  a.forEach((value, i) => {
    const x = value - meanA;
    const y = (b[i] ?? 0) - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  });
  return ab / Math.sqrt(aa * bb || 1);
}
