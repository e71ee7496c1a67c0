const SAMPLE_RATE_HZ = 16_000;

/** Where the formants tell vowels apart: F1 of closed vowels, F2 of round ones, F2 of wide ones, and hiss. */
const BANDS_HZ = [
  { centre: 380, bandwidth: 320 },
  { centre: 950, bandwidth: 600 },
  { centre: 2300, bandwidth: 1200 },
  { centre: 5500, bandwidth: 3600 },
] as const;

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
    const total = low + round + wide + high;
    if (total <= 0) return { width: 0, hiss: 0 };
    const hiss = ramp(high / total, 0.3, 0.6);
    // Voices fall by some 12 dB per octave: the upper band is weighed up before it is compared.
    const front = Math.log10((wide * 6 + 1e-9 * total) / (round + low * 0.25 + 1e-9 * total));
    const vowel = Math.min(0.8, Math.max(-1, front * 1.1));
    return { width: vowel * (1 - hiss) + hiss, hiss };
  };
}

/** A band-pass of second order with unit gain in its middle. @see Audio EQ Cookbook, BPF with constant 0 dB peak gain */
function createBandEnergy(centreHz: number, bandwidthHz: number): (frame: Int16Array) => number {
  const omega = (2 * Math.PI * centreHz) / SAMPLE_RATE_HZ;
  const alpha = (Math.sin(omega) * bandwidthHz) / (2 * centreHz);
  const gain = alpha / (1 + alpha);
  const feedback1 = (-2 * Math.cos(omega)) / (1 + alpha);
  const feedback2 = (1 - alpha) / (1 + alpha);
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  return (frame) => {
    let energy = 0;
    for (const x of frame) {
      const y = gain * (x - x2) - feedback1 * y1 - feedback2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      energy += y * y;
    }
    return energy;
  };
}

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
