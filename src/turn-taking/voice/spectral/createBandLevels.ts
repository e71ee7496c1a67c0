import { createNoiseFloor } from './createNoiseFloor.js';
import { createPowerSpectrum } from './createPowerSpectrum.js';

/** The sound of the latest 16 ms by bands. All levels in dB. */
export interface BandLevels {
  /** Float64Array [BAND_COUNT]. */
  readonly levels: Float64Array;
  /** How far each band stands above its noise floor, 0 to 30: Float64Array [BAND_COUNT]. */
  readonly aboveFloor: Float64Array;
  readonly floors: Float64Array;
  /** Mean change of a band since two frames ago. */
  readonly fluxDb: number;
  /** By how much the mean power exceeds the mean level: 0 where all bands are alike. */
  readonly unevennessDb: number;
  /** Share of a band's power that stands in its strongest bin, 0 to 1; mean of the upper bands. */
  readonly crest: number;
  /** Takes 10 ms: Float64Array [160], 16 kHz, full scale 32,768. */
  push(frame: Float64Array): void;
  reset(): void;
}

const WINDOW = 256;
const BIN_HZ = 16_000 / WINDOW;
/** Narrow below, where voices have their harmonics. */
const EDGES_HZ = [125, 250, 375, 500, 688, 875, 1125, 1438, 1813, 2313, 2938, 3750, 4750, 6000, 7500] as const;
export const BAND_COUNT = EDGES_HZ.length - 1;
/** Bands below this one hold too few bins to have a crest. */
const FIRST_CREST_BAND = 4;
/** Far below a microphone's own noise; keeps the logarithm finite. */
const SILENT_DENSITY = 1e-2;
/** A frame may swing so far above its floor by chance. */
const CHANCE_DB = 3;
const HIGHEST_DB = 30;

/** Makes an analyser that has heard silence. Allocates nothing afterwards. */
export function createBandLevels(): BandLevels {
  const spectrum = createPowerSpectrum(WINDOW);
  const floor = createNoiseFloor(BAND_COUNT);
  const shape = Float64Array.from({ length: WINDOW }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / WINDOW));
  const edges = Uint16Array.from(EDGES_HZ, (edgeHz) => Math.round(edgeHz / BIN_HZ));
  const heard = new Float64Array(WINDOW);
  const block = new Float64Array(WINDOW);
  const levels = new Float64Array(BAND_COUNT);
  const aboveFloor = new Float64Array(BAND_COUNT);
  const last = new Float64Array(BAND_COUNT);
  const lastButOne = new Float64Array(BAND_COUNT);
  let fluxDb = 0;
  let unevennessDb = 0;
  let crest = 0;

  function measure(power: Float64Array): void {
    let change = 0;
    let crests = 0;
    let totalDensity = 0;
    let totalLevel = 0;
    for (let band = 0; band < BAND_COUNT; band++) {
      const from = edges[band] ?? 0;
      const to = edges[band + 1] ?? 0;
      let sum = 0;
      let peak = 0;
      for (let bin = from; bin < to; bin++) {
        const value = power[bin] ?? 0;
        sum += value;
        if (value > peak) peak = value;
      }
      const density = sum / (to - from) / WINDOW + SILENT_DENSITY;
      const level = 10 * Math.log10(density);
      if (band >= FIRST_CREST_BAND) crests += peak / (sum + 1e-9);
      totalDensity += density;
      totalLevel += level;
      change += Math.abs(level - (lastButOne[band] ?? 0));
      lastButOne[band] = last[band] ?? 0;
      last[band] = level;
      levels[band] = level;
    }
    fluxDb = change / BAND_COUNT;
    unevennessDb = 10 * Math.log10(totalDensity / BAND_COUNT) - totalLevel / BAND_COUNT;
    crest = crests / (BAND_COUNT - FIRST_CREST_BAND);
  }

  return {
    levels,
    aboveFloor,
    floors: floor.levels,
    get fluxDb() {
      return fluxDb;
    },
    get unevennessDb() {
      return unevennessDb;
    },
    get crest() {
      return crest;
    },
    push(frame) {
      heard.copyWithin(0, frame.length);
      heard.set(frame, WINDOW - frame.length);
      for (let n = 0; n < WINDOW; n++) block[n] = (heard[n] ?? 0) * (shape[n] ?? 0);
      measure(spectrum.process(block));
      floor.push(levels);
      for (let band = 0; band < BAND_COUNT; band++) {
        aboveFloor[band] = Math.max(0, Math.min(HIGHEST_DB, (levels[band] ?? 0) - (floor.levels[band] ?? 0) - CHANCE_DB));
      }
    },
    reset() {
      floor.reset();
      heard.fill(0);
      last.fill(0);
      lastButOne.fill(0);
    },
  };
}
