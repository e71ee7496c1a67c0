import type { PlaybackReport } from '../dsp/playbackReport.js';

/** How far a playback has come, from what was pushed and what the worklet tells. */
export interface PlaybackPosition {
  readonly playedMs: number;
  readonly bufferedMs: number;
  /** The latest report that counted. */
  readonly report: PlaybackReport;
  push(durationMs: number): void;
  /** @returns false when the report is of speech that has been cleared since. */
  accept(report: PlaybackReport): boolean;
  /** Forgets what has not been played. @returns what has been. */
  settle(): number;
  /** Begins at 0 after a `clear` that went to the worklet. */
  clear(): void;
  /** Begins at 0 with another worklet. */
  reset(): void;
}

const NOTHING_PLAYED: PlaybackReport = { clears: 0, state: 'idle', playedMs: 0, targetMs: 70, underruns: 0, level: 0, timeSeconds: 0 };

/**
 * Makes a position at 0.
 * @param timeSeconds - the context's time; the worklet plays on between two reports.
 */
export function createPlaybackPosition(timeSeconds: () => number): PlaybackPosition {
  let report = NOTHING_PLAYED;
  let clears = 0;
  let pushedMs = 0;

  function playedMs(): number {
    const sinceMs = report.state === 'playing' ? Math.max(0, timeSeconds() - report.timeSeconds) * 1000 : 0;
    // Whole microseconds: sums of fractions would run back by a billionth now and then, and miss the end by as much.
    const ms = Math.round((report.playedMs + sinceMs) * 1000) / 1000;
    return ms > pushedMs - 0.001 ? pushedMs : ms;
  }

  return {
    get playedMs() {
      return playedMs();
    },
    get bufferedMs() {
      return pushedMs - playedMs();
    },
    get report() {
      return report;
    },
    push(durationMs) {
      pushedMs += durationMs;
    },
    accept(next) {
      if (next.clears !== clears) return false;
      report = next;
      return true;
    },
    settle() {
      pushedMs = playedMs();
      report = { ...report, state: 'idle', playedMs: pushedMs, level: 0 };
      return pushedMs;
    },
    clear() {
      clears++;
      pushedMs = 0;
      report = { ...report, state: 'idle', playedMs: 0, level: 0 };
    },
    reset() {
      clears = 0;
      pushedMs = 0;
      report = NOTHING_PLAYED;
    },
  };
}
