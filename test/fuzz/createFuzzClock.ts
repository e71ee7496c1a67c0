import type { Clock } from '../../src/clock/clock.js';

/** A clock on which time passes only when everything that was scheduled is run. */
export interface FuzzClock extends Clock {
  runAll(): void;
}

export function createFuzzClock(): FuzzClock {
  const tasks = new Set<() => void>();
  return {
    now: () => 0,
    schedule(task) {
      tasks.add(task);
      return () => tasks.delete(task);
    },
    runAll() {
      for (const task of tasks) {
        tasks.delete(task);
        task();
      }
    },
  };
}
