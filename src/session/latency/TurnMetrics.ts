/**
 * How long the parts of a turn took. Milliseconds from the end of the user's speech (or from when a text was sent) unless said
 * otherwise; null for what has not happened, or cannot be seen in this wiring.
 */
export interface TurnMetrics {
  readonly turnId: number;
  /** Until the last of the user's turn had left for the service. */
  readonly turnSentMs: number | null;
  /** Until the first of the reply's sound arrived from the voice service. */
  readonly replyAudioMs: number | null;
  /** Until the reply could be heard. */
  readonly heardMs: number | null;
  /** Until the first picture after that was shown. */
  readonly videoFrameMs: number | null;
  /** From the user's or the application's interrupt of this turn's reply until nothing could be heard of it. */
  readonly interruptToSilenceMs: number | null;
}

export type TurnMetric = Exclude<keyof TurnMetrics, 'turnId'>;

/** Of all turns that have the figure. */
export interface LatencySpread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
}

/** What a session's turns took so far. */
export interface SessionLatency {
  readonly turns: number;
  readonly last: TurnMetrics | null;
  /** Null where no turn has the figure yet. */
  readonly spread: Readonly<Record<TurnMetric, LatencySpread | null>>;
}

const NO_SPREAD = { turnSentMs: null, replyAudioMs: null, heardMs: null, videoFrameMs: null, interruptToSilenceMs: null } as const;

/** Before the first turn. */
export const emptyLatency: SessionLatency = Object.freeze({ turns: 0, last: null, spread: NO_SPREAD });
