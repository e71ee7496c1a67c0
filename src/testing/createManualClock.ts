import type { Clock } from '../clock/clock.js';

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Runs everything that becomes due, in order, and lets promises settle in between. */
  advance(durationMs: number): Promise<void>;
  /** Lets time pass as in a page that is frozen: what became due meanwhile runs late, at the end. */
  sleep(durationMs: number): Promise<void>;
  /** How many tasks are still scheduled; 0 when nothing has leaked. */
  readonly pending: number;
}

/** Makes a clock that starts at 0. */
export function createManualClock(): ManualClock {
  let nowMs = 0;
  let tasks: { readonly dueMs: number; readonly run: () => void }[] = [];
  const clock: ManualClock = {
    now: () => nowMs,
    schedule(run, delayMs) {
      const task = { dueMs: nowMs + Math.max(0, delayMs), run };
      tasks.push(task);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    get pending() {
      return tasks.length;
    },
    async advance(durationMs) {
      const endMs = nowMs + durationMs;
      await settle();
      for (;;) {
        const next = tasks.reduce<(typeof tasks)[number] | null>((first, task) => (!first || task.dueMs < first.dueMs ? task : first), null);
        if (!next || next.dueMs > endMs) break;
        tasks = tasks.filter((task) => task !== next);
        nowMs = Math.max(nowMs, next.dueMs);
        next.run();
        await settle();
      }
      nowMs = endMs;
    },
    async sleep(durationMs) {
      nowMs += durationMs;
      await clock.advance(0);
    },
  };
  return clock;
}

/** Promise chains in the library are a few links long; each turn of the macrotask queue settles all of one chain. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve));
}
