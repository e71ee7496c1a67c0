import type { AvatarSession } from '../../session/AvatarSession.js';
import type { TurnMetrics } from '../../session/latency/TurnMetrics.js';

/** One turn as the log has it: what its parts took, and what the user did. */
export interface DevtoolsTurn {
  readonly metrics: TurnMetrics;
  /** How long the user spoke; null where a text was sent, or nobody listens for the end of speech. Milliseconds. */
  readonly speechMs: number | null;
  /** When the reply was interrupted, from the end of the user's speech; null when it was not. Milliseconds. */
  readonly interruptedAtMs: number | null;
  readonly isOver: boolean;
}

export interface TurnTimeline {
  /** Oldest first. */
  readonly turns: readonly DevtoolsTurn[];
  attach(session: AvatarSession): () => void;
  clear(): void;
}

/** @param maxTurns the oldest go first. @param now milliseconds, of any clock. @param onChange a turn is new or has more to show. */
export function createTurnTimeline(maxTurns: number, now: () => number, onChange: () => void): TurnTimeline {
  let turns: readonly DevtoolsTurn[] = [];
  let speechStartMs: number | null = null;
  let speechEndMs: number | null = null;
  let interruptedAtMs: number | null = null;

  function note(metrics: TurnMetrics, isOver: boolean): void {
    const latest = turns.at(-1);
    const open = latest !== undefined && !latest.isOver && latest.metrics.turnId === metrics.turnId ? latest : null;
    const speechMs = open?.speechMs ?? (speechStartMs !== null && speechEndMs !== null && speechEndMs >= speechStartMs ? speechEndMs - speechStartMs : null);
    const turn = { metrics, speechMs, interruptedAtMs: interruptedAtMs ?? open?.interruptedAtMs ?? null, isOver };
    turns = [...(open ? turns.slice(0, -1) : turns), turn].slice(-maxTurns);
    if (isOver) interruptedAtMs = null;
    onChange();
  }

  return {
    get turns() {
      return turns;
    },
    attach(session) {
      const offs = [
        session.on('speech-start', ({ samples }) => {
          // It is told a moment late, with what was said up to then.
          const startMs = now() - samples.length / 16;
          // A start that follows an end belongs to the next turn; one without an end between goes on.
          if (speechStartMs === null || speechEndMs !== null) speechStartMs = startMs;
          speechEndMs = null;
        }),
        session.on('speech-misfire', () => {
          speechStartMs = null;
        }),
        session.on('speech-end', () => {
          speechEndMs = now();
        }),
        session.on('interrupt', () => {
          if (speechEndMs !== null) interruptedAtMs = now() - speechEndMs;
        }),
        session.on('latency-change', ({ latency }) => {
          const closed = turns.at(-1);
          // The latest known turn stays the latest until the next one is heard: it is no news when it is over.
          if (latency.last !== null && !(closed?.isOver && sameFigures(closed.metrics, latency.last))) note(latency.last, false);
        }),
        session.on('turn-metrics', ({ metrics }) => note(metrics, true)),
      ];
      return () => {
        for (const off of offs) off();
        speechStartMs = speechEndMs = interruptedAtMs = null;
      };
    },
    clear() {
      turns = [];
      onChange();
    },
  };
}

function sameFigures(first: TurnMetrics, second: TurnMetrics): boolean {
  return first === second || Object.entries(first).every(([name, value]) => new Map<string, unknown>(Object.entries(second)).get(name) === value);
}
