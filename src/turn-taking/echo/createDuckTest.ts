import { BANDS } from './bands.js';
import { PAST_TERMS } from './createEnvelopePredictor.js';

/**
 * What a ducked avatar reveals: its echo falls with it, whatever the path has become, and the user's voice does not. What was heard is
 * held against what was played, as the two stood in the last few hundred milliseconds; no knowledge of the path is needed.
 */
export interface DuckTest {
  /** The loudest that this frame's echo can be if all that was heard lately was echo: power, Float32Array [15]. */
  readonly expected: Float32Array;
  /** Takes a frame: what was played, see `createEchoPast`, and what was heard, power, Float32Array [15]. */
  push(past: Float32Array, heard: Float32Array): void;
  reset(): void;
}

const KEEP = Math.exp(-1 / 30);
/** 6 dB: speech is not steady. */
const SLACK = 4;

export function createDuckTest(): DuckTest {
  const played = new Float32Array(BANDS);
  const heardSum = new Float32Array(BANDS);
  const expected = new Float32Array(BANDS);

  return {
    expected,
    push(past, heard) {
      for (let band = 0; band < BANDS; band++) {
        const at = band * PAST_TERMS;
        const now = (past[at] ?? 0) + (past[at + 1] ?? 0) + (past[at + 2] ?? 0) + 2 * (past[at + 4] ?? 0) + 0.1 * (past[at + 5] ?? 0);
        played[band] = KEEP * (played[band] ?? 0) + now;
        heardSum[band] = KEEP * (heardSum[band] ?? 0) + (heard[band] ?? 0);
        expected[band] = (SLACK * now * (heardSum[band] ?? 0)) / ((played[band] ?? 0) + 1e-12);
      }
    },
    reset() {
      played.fill(0);
      heardSum.fill(0);
      expected.fill(0);
    },
  };
}
