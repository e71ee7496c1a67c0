import type { ServerClock } from '../../src/server.js';

export interface ManualServerClock extends ServerClock {
  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): void;
  /** Tasks that still wait. */
  readonly pending: number;
}

/** Time that stands still until it is moved. */
export function createManualServerClock(): ManualServerClock {
  let nowMs = 0;
  const startedAt = Date.now();
  const tasks = new Set<{ readonly dueAt: number; readonly task: () => void }>();
  return {
    now: () => nowMs,
    epochMs: () => startedAt + nowMs,
    schedule(task, delayMs) {
      const entry = { dueAt: nowMs + delayMs, task };
      tasks.add(entry);
      return () => void tasks.delete(entry);
    },
    advance(ms) {
      const end = nowMs + ms;
      for (;;) {
        const [next] = [...tasks].filter(({ dueAt }) => dueAt <= end).sort((a, b) => a.dueAt - b.dueAt);
        if (next === undefined) break;
        tasks.delete(next);
        nowMs = next.dueAt;
        next.task();
      }
      nowMs = end;
    },
    get pending() {
      return tasks.size;
    },
  };
}
