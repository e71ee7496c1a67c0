import type { Clock } from '../../clock/clock.js';

/** After a stall the network delivers seconds of audio at once; that is no abuse. */
const BURST_SECONDS = 5;

/**
 * A token bucket that is filled when it is empty, rather than at each message: so it needs to know the time once in hundreds of them.
 *
 * In the long run no more than `maxPerSecond` pass, and at least five seconds' worth at once after as long a silence; never over ten.
 */
export class RateGate {
  private readonly capacity: number;
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly maxPerSecond: number,
    private readonly clock: Clock,
  ) {
    this.capacity = Math.max(1, Math.floor(maxPerSecond * BURST_SECONDS));
    this.tokens = this.capacity;
    this.filledAt = clock.now();
  }

  /** Takes one message; false when it came too fast. */
  mayPass(): boolean {
    if (this.tokens === 0 && !this.fill()) return false;
    this.tokens -= 1;
    return true;
  }

  private fill(): boolean {
    const now = this.clock.now();
    const earned = Math.floor(((now - this.filledAt) / 1_000) * this.maxPerSecond);
    if (earned < 1) return false;
    this.tokens = Math.min(this.capacity, earned);
    this.filledAt = now;
    return true;
  }
}
