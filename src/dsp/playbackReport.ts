import type { JitterBuffer, JitterBufferState } from './createJitterBuffer.js';

/**
 * What the playback worklet tells its host 50 times a second, and gets back for reuse:
 * f64 [7]: clear count, state, played ms, target ms, underruns, RMS level 0 to 1, context time in seconds. 56 bytes.
 */
export const PLAYBACK_REPORT_BYTES = 56;

const STATES: readonly JitterBufferState[] = ['idle', 'filling', 'playing', 'waiting'];

export interface PlaybackReport {
  /** How many `clear`s had been obeyed: an older position is of speech that is gone. */
  readonly clears: number;
  readonly state: JitterBufferState;
  readonly playedMs: number;
  readonly targetMs: number;
  readonly underruns: number;
  readonly level: number;
  /** The context's time up to which this holds. */
  readonly timeSeconds: number;
}

/** Lays a report into `fields`: Float64Array [7]. Allocates nothing. */
export function writePlaybackReport(fields: Float64Array, buffer: JitterBuffer, clears: number, level: number, timeSeconds: number): void {
  fields[0] = clears;
  fields[1] = STATES.indexOf(buffer.state);
  fields[2] = buffer.playedMs;
  fields[3] = buffer.targetMs;
  fields[4] = buffer.underruns;
  fields[5] = level;
  fields[6] = timeSeconds;
}

/** Reads a report out of its buffer. */
export function readPlaybackReport(buffer: ArrayBuffer): PlaybackReport {
  const [clears = 0, state = 0, playedMs = 0, targetMs = 0, underruns = 0, level = 0, timeSeconds = 0] = new Float64Array(buffer);
  return { clears, state: STATES[state] ?? 'idle', playedMs, targetMs, underruns, level, timeSeconds };
}
