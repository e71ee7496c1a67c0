/**
 * What recent failures mean for the next session.
 *
 * `closed`: it may go there. `open`: not while there are others. `half-open`: one session at a time may find out, and only when no node
 * is free that is closed.
 */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** A failure counts for less as it ages: with a half-life of 30 s, a single one opens for 30 s and is forgotten after a minute. */
const OPEN_FAILURES = 0.5;
const HALF_OPEN_FAILURES = 0.25;

/** @param failures as the ledger knows them: 0 is none. */
export function breakerState(failures: number): BreakerState {
  if (failures > OPEN_FAILURES) return 'open';
  return failures > HALF_OPEN_FAILURES ? 'half-open' : 'closed';
}

/** What a session reserves in the ledger to be the one that finds out. */
export function trialKey(node: string): string {
  return `trial ${node}`;
}
