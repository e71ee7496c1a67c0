const SAMPLE_RATE_HZ = 16_000;

/** Where the formants tell vowels apart: F1 of closed vowels, F2 of round ones, F2 of wide ones, and hiss. */
const BANDS_HZ = [
  { centre: 380, bandwidth: 320 },
  { centre: 950, bandwidth: 600 },
  { centre: 2300, bandwidth: 1200 },
  { centre: 5500, bandwidth: 3600 },
] as const;

const NEUTRAL_DB = -6;
const SPREAD_DB = 11;

export interface VowelShape {
  /** -1 round to 1 wide. */
  readonly width: number;
  /** 0 to 1: how much of the sound is s, sh, f. */
  readonly hiss: number;
}

/**
 * Guesses the shape of the lips from the energy in four bands, which is as far as a cartoon mouth needs to know.
 * Takes consecutive frames of Int16Array [160], mono, 16 kHz.
 */
export function createVowelShape(): (frame: Int16Array) => VowelShape {
  const filters = BANDS_HZ.map(({ centre, bandwidth }) => createBandEnergy(centre, bandwidth));
  return (frame) => {
    const [low = 0, round = 0, wide = 0, high = 0] = filters.map((filter) => filter(frame));
    const voiced = low + round;
    const total = voiced + wide + high;
    if (total <= 0) return { width: 0, hiss: 0 };
    const hiss = ramp(high / total, 0.3, 0.6);
    // The lips spread as F2 moves from the round band up into the wide one: 20 dB lie between u and i.
    const balanceDb = 10 * Math.log10((wide + 1e-9 * total) / (round + 1e-9 * total));
    const spread = Math.min(0.8, Math.max(-1, (balanceDb - NEUTRAL_DB) / SPREAD_DB));
    // In an open a the first formant itself sits in the round band, which says nothing about the lips.
    const openness = voiced > 0 ? ramp(round / voiced, 0.55, 0.8) : 0;
    return { width: spread * (1 - openness) * (1 - hiss) + hiss, hiss };
  };
}

/** Two equal band-passes in a row: one alone lets so much of F1 through that every vowel looks alike. */
function createBandEnergy(centreHz: number, bandwidthHz: number): (frame: Int16Array) => number {
  const first = createBandPass(centreHz, bandwidthHz);
  const second = createBandPass(centreHz, bandwidthHz);
  return (frame) => {
    let energy = 0;
    for (const sample of frame) energy += second(first(sample)) ** 2;
    return energy;
  };
}

/** Second order, unit gain in the middle. @see Audio EQ Cookbook, "BPF (constant 0 dB peak gain)" */
function createBandPass(centreHz: number, bandwidthHz: number): (sample: number) => number {
  const omega = (2 * Math.PI * centreHz) / SAMPLE_RATE_HZ;
  const alpha = (Math.sin(omega) * bandwidthHz) / (2 * centreHz);
  const gain = alpha / (1 + alpha);
  const feedback1 = (-2 * Math.cos(omega)) / (1 + alpha);
  const feedback2 = (1 - alpha) / (1 + alpha);
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return (x) => {
    const y = gain * (x - x2) - feedback1 * y1 - feedback2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    return y;
  };
}

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
