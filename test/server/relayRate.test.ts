import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateGate } from '../../src/server/relay/RateGate.js';

const MAX_PER_SECOND = 50;

/** When messages come, in milliseconds: silences of up to a minute, and bursts. */
const arrivals = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 60_000 })), { maxLength: 4_000, size: 'max' });

function passAt(timesMs: readonly number[]): number[] {
  let nowMs = 0;
  const gate = new RateGate(MAX_PER_SECOND, { now: () => nowMs, schedule: () => () => undefined });
  return timesMs.filter((timeMs) => {
    nowMs = timeMs;
    return gate.mayPass();
  });
}

describe('the rate of messages', () => {
  it('never refuses who keeps to it', () => {
    const steady = Array.from({ length: 5_000 }, (_, index) => (index * 1_000) / MAX_PER_SECOND);
    expect(passAt(steady)).toHaveLength(steady.length);
  });

  it('lets pass at once what a stall of five seconds held back', () => {
    const before = Array.from({ length: 600 }, (_, index) => index * 20);
    const burst = Array.from({ length: 5 * MAX_PER_SECOND }, () => 17_000);
    expect(passAt([...before, ...burst]).filter((timeMs) => timeMs === 17_000)).toHaveLength(burst.length);
  });

  it('lets no more pass in any stretch of time than its length allows and ten seconds', () => {
    fc.assert(
      fc.property(arrivals, (gapsMs) => {
        let atMs = 0;
        const passed = passAt(gapsMs.map((gapMs) => (atMs += gapMs)));
        for (let first = 0; first < passed.length; first += 97) {
          for (let last = first; last < passed.length; last += 31) {
            const seconds = ((passed[last] ?? 0) - (passed[first] ?? 0)) / 1_000;
            expect(last - first + 1).toBeLessThanOrEqual((10 + seconds) * MAX_PER_SECOND + 1);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
