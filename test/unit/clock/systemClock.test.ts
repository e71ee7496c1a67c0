import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/clock/clock.js';

afterEach(() => vi.useRealTimers());

it('does not take a delay that is too long for a timer for none at all', () => {
  vi.useFakeTimers();
  let ran = false;
  const cancel = systemClock.schedule(() => (ran = true), 1e10);
  vi.advanceTimersByTime(60_000);
  expect(ran).toBe(false);
  cancel();
});
