/** The level that a band falls back to between sounds. */
export interface NoiseFloor {
  /** dB, one for each band: Float64Array [bands]. */
  readonly levels: Float64Array;
  /** Takes the levels of a frame in dB: Float64Array [bands]. */
  push(levels: Float64Array): void;
  reset(): void;
}

/** A floor follows a fall by this share of it. */
const FALL = 0.3;
/** dB a frame: 2.5 dB a second. */
const RISE_DB = 0.025;
/** What a band has not fallen below for two to four of these is noise: speech leaves every band now and then. */
const SPAN_FRAMES = 125;
/** The first frames are not yet an average of anything. */
const FIRST_FRAMES = 5;

/** Makes floors that know nothing. Allocates nothing afterwards. */
export function createNoiseFloor(bandCount: number): NoiseFloor {
  const levels = new Float64Array(bandCount);
  const spans = [0, 1, 2].map(() => new Float64Array(bandCount).fill(Infinity));
  const lowest = new Float64Array(bandCount).fill(Infinity);
  let frames = 0;

  function turnSpan(): void {
    const span = spans[(frames / SPAN_FRAMES) % spans.length];
    span?.set(lowest);
    lowest.fill(Infinity);
  }

  /** The lowest level of the latest spans; nothing is known before they have passed. */
  function lowestOf(band: number): number {
    if (frames < SPAN_FRAMES * spans.length) return -Infinity;
    let least = lowest[band] ?? 0;
    for (const span of spans) least = Math.min(least, span[band] ?? 0);
    return least;
  }

  return {
    levels,
    push(now) {
      if (frames > 0 && frames % SPAN_FRAMES === 0) turnSpan();
      for (let band = 0; band < bandCount; band++) {
        const level = now[band] ?? 0;
        const floor = levels[band] ?? 0;
        lowest[band] = Math.min(lowest[band] ?? 0, level);
        if (frames < FIRST_FRAMES) levels[band] = frames === 0 ? level : Math.min(floor, level);
        else if (level < floor) levels[band] = floor + FALL * (level - floor);
        else levels[band] = Math.max(floor + Math.min(RISE_DB, level - floor), lowestOf(band));
      }
      frames++;
    },
    reset() {
      frames = 0;
      lowest.fill(Infinity);
    },
  };
}
