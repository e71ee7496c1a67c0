import type { Clock } from '../../clock/clock.js';

/** After a stall the network delivers seconds of audio at once; that is no abuse. */
const BURST_SECONDS = 5;

/** A token bucket. Each call is one message; false means that it came too fast. */
export function createRateGate(maxPerSecond: number, clock: Clock): () => boolean {
  const capacity = maxPerSecond * BURST_SECONDS;
  let tokens = capacity;
  let filledAt = clock.now();
  return () => {
    const now = clock.now();
    tokens = Math.min(capacity, tokens + ((now - filledAt) / 1_000) * maxPerSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
