/** How periodic the sound is, and with what period. */
export interface PitchTracker {
  /** Takes 10 ms: Float64Array [160], 16 kHz. */
  push(frame: Float64Array): void;
  /** Correlation of the sound with itself one period earlier, 0 to 1. */
  readonly periodicity: number;
  /** Hz, 70 to 400; means nothing where `periodicity` is low. */
  readonly pitchHz: number;
  reset(): void;
}

const FRAME = 160;
const DECIMATION = 4;
const SHORT_FRAME = FRAME / DECIMATION;
const SHORT_RATE_HZ = 16_000 / DECIMATION;
const SHORTEST = 10;
const LONGEST = 57;
/** What a frame is still worth 10 ms later: a window of about 35 ms. */
const FORGETTING = 0.75;
/** A longer period must be so much better: twice a period fits as well as the period does. */
const OCTAVE_COST = 0.003;

/** Low pass before decimation, Hann-windowed, 1.6 kHz. */
const TAPS = Float64Array.from({ length: 24 }, (_, n) => {
  const distance = n - 11.5;
  return (Math.sin(0.2 * Math.PI * distance) / (Math.PI * distance)) * (0.5 + 0.5 * Math.cos((Math.PI * distance) / 12));
});

/** Makes a tracker of speech pitch: a running autocorrelation at 4 kHz. Allocates nothing afterwards. */
export function createPitchTracker(): PitchTracker {
  const input = new Float64Array(TAPS.length + FRAME);
  const history = new Float64Array(LONGEST + SHORT_FRAME);
  const sums = new Float64Array(LONGEST + 2);
  let periodicity = 0;
  let pitchHz = 0;

  function decimate(frame: Float64Array): void {
    input.copyWithin(0, FRAME);
    input.set(frame, TAPS.length);
    history.copyWithin(0, SHORT_FRAME);
    // Two at a time: each tap is read once for both.
    for (let n = 0; n < SHORT_FRAME; n += 2) {
      const start = n * DECIMATION + DECIMATION;
      let first = 0;
      let second = 0;
      for (let k = 0; k < TAPS.length; k++) {
        const tap = TAPS[k] ?? 0;
        first += (input[start + k] ?? 0) * tap;
        second += (input[start + DECIMATION + k] ?? 0) * tap;
      }
      history[LONGEST + n] = first;
      history[LONGEST + n + 1] = second;
    }
  }

  function keep(lag: number, sum: number): void {
    sums[lag] = FORGETTING * (sums[lag] ?? 0) + sum;
  }

  function correlate(): void {
    // Seven lags at a time: each sample is read once for all of them.
    for (let lag = SHORTEST - 1; lag <= LONGEST; lag += 7) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let e = 0;
      let f = 0;
      let g = 0;
      for (let n = LONGEST; n < LONGEST + SHORT_FRAME; n++) {
        const value = history[n] ?? 0;
        const past = n - lag;
        a += value * (history[past] ?? 0);
        b += value * (history[past - 1] ?? 0);
        c += value * (history[past - 2] ?? 0);
        d += value * (history[past - 3] ?? 0);
        e += value * (history[past - 4] ?? 0);
        f += value * (history[past - 5] ?? 0);
        g += value * (history[past - 6] ?? 0);
      }
      keep(lag, a);
      keep(lag + 1, b);
      keep(lag + 2, c);
      keep(lag + 3, d);
      keep(lag + 4, e);
      keep(lag + 5, f);
      keep(lag + 6, g);
    }
    let energy = 0;
    for (let n = LONGEST; n < LONGEST + SHORT_FRAME; n++) energy += (history[n] ?? 0) ** 2;
    sums[0] = FORGETTING * (sums[0] ?? 0) + energy;
  }

  return {
    get periodicity() {
      return periodicity;
    },
    get pitchHz() {
      return pitchHz;
    },
    push(frame) {
      decimate(frame);
      correlate();
      let best = 0;
      let bestValue = 0;
      for (let lag = SHORTEST; lag < LONGEST; lag++) {
        const value = sums[lag] ?? 0;
        // A slope is not a period: only peaks count.
        if (value < (sums[lag - 1] ?? 0) || value < (sums[lag + 1] ?? 0)) continue;
        const worth = value * (1 - OCTAVE_COST * lag);
        if (worth <= bestValue) continue;
        bestValue = worth;
        best = lag;
      }
      periodicity = best === 0 ? 0 : Math.min(1, (sums[best] ?? 0) / ((sums[0] ?? 0) + 1e-9));
      if (best === 0) return;
      const before = sums[best - 1] ?? 0;
      const after = sums[best + 1] ?? 0;
      const curvature = before - 2 * (sums[best] ?? 0) + after;
      pitchHz = SHORT_RATE_HZ / (best + (curvature < 0 ? (0.5 * (before - after)) / curvature : 0));
    },
    reset() {
      input.fill(0);
      history.fill(0);
      sums.fill(0);
      periodicity = 0;
      pitchHz = 0;
    },
  };
}
