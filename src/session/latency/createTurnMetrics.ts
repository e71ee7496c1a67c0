import { spreadOf } from './spreadOf.js';
import { emptyLatency, type SessionLatency, type TurnMetric, type TurnMetrics } from './TurnMetrics.js';

/** What happens in a turn, in the order in which it usually does. */
export type TurnMoment = 'speech-end' | 'turn-sent' | 'reply-audio' | 'heard' | 'video-frame' | 'interrupt' | 'silence';

export interface TurnMetricsOptions {
  /** The turn that events belong to now. */
  readonly turnId: () => number;
  /** A turn is over. */
  readonly onTurn: (metrics: TurnMetrics) => void;
  /** A figure has become known. */
  readonly onMeasure?: (metric: TurnMetric, turnId: number, fromMs: number, untilMs: number) => void;
}

/** Measures turns by what is reported to it. */
export interface TurnMeter {
  /** @param timeMs of the session's clock */
  report(moment: TurnMoment, timeMs: number): void;
  /** The session is over: the present turn is, too. */
  end(): void;
  /** The same object until something has been measured. */
  readonly latency: SessionLatency;
}

/** Turns over which the spread is taken; the oldest go first. */
const MAX_TURNS = 500;

const METRIC_OF = {
  'turn-sent': 'turnSentMs',
  'reply-audio': 'replyAudioMs',
  heard: 'heardMs',
  'video-frame': 'videoFrameMs',
  silence: 'interruptToSilenceMs',
} as const satisfies Partial<Record<TurnMoment, TurnMetric>>;

const EMPTY = { turnSentMs: null, replyAudioMs: null, heardMs: null, videoFrameMs: null, interruptToSilenceMs: null } as const;

/** Makes a meter that has seen nothing. */
export function createTurnMetrics({ turnId, onTurn, onMeasure }: TurnMetricsOptions): TurnMeter {
  let turns: readonly TurnMetrics[] = [];
  let current: TurnMetrics | null = null;
  let speechEndMs = 0;
  let interruptMs: number | null = null;
  let latency: SessionLatency | null = emptyLatency;

  function summarise(): SessionLatency {
    const known = current && current.heardMs !== null ? [...turns, current] : turns;
    const spread = (metric: TurnMetric) => spreadOf(known.flatMap((turn) => turn[metric] ?? []));
    return {
      turns: known.length,
      last: known.at(-1) ?? null,
      spread: {
        turnSentMs: spread('turnSentMs'),
        replyAudioMs: spread('replyAudioMs'),
        heardMs: spread('heardMs'),
        videoFrameMs: spread('videoFrameMs'),
        interruptToSilenceMs: spread('interruptToSilenceMs'),
      },
    };
  }

  function close(): void {
    const closed = current;
    current = null;
    interruptMs = null;
    if (!closed || Object.entries(closed).every(([name, value]) => name === 'turnId' || value === null)) return;
    turns = [...turns.slice(-(MAX_TURNS - 1)), closed];
    latency = null;
    onTurn(closed);
  }

  function measure(metric: TurnMetric, fromMs: number, untilMs: number): void {
    if (!current || current[metric] !== null) return;
    current = { ...current, [metric]: Math.max(0, Math.round(untilMs - fromMs)) };
    latency = null;
    onMeasure?.(metric, current.turnId, fromMs, untilMs);
  }

  return {
    report(moment, timeMs) {
      switch (moment) {
        case 'speech-end':
          // Who goes on before anything came back has not ended yet: the later end counts.
          if (current?.replyAudioMs != null || current?.heardMs != null) close();
          current = { ...EMPTY, turnId: turnId() };
          speechEndMs = timeMs;
          return;
        case 'interrupt':
          // What the application says by itself belongs to no turn of the user's, and can be interrupted all the same.
          current ??= { ...EMPTY, turnId: turnId() };
          interruptMs ??= timeMs;
          return;
        case 'silence':
          if (interruptMs === null) return;
          measure('interruptToSilenceMs', interruptMs, timeMs);
          return close();
        case 'video-frame':
          // A picture before the sound is the face that waits.
          if (current?.heardMs == null) return;
          return measure('videoFrameMs', speechEndMs, timeMs);
        case 'turn-sent':
          if (current && current.replyAudioMs === null && current.heardMs === null) {
            // It is over when the last of it has left.
            current = { ...current, turnSentMs: null };
            measure('turnSentMs', speechEndMs, timeMs);
          }
          return;
        default:
          return measure(METRIC_OF[moment], speechEndMs, timeMs);
      }
    },
    end: close,
    get latency() {
      return (latency ??= summarise());
    },
  };
}
