import type { RunScript } from './createScriptRunner.js';

/** What the parts of a ledger in Redis are made of. */
export interface RedisSide {
  readonly run: RunScript;
  /** The name of a key, which lies with all others on one node of a cluster. */
  readonly key: (...parts: readonly string[]) => string;
  /** How long from now until a time of this instance's clock; at least 1, as an expiry must be. */
  readonly msUntil: (epochMs: number) => number;
  /** This instance's clock, milliseconds since the epoch. */
  readonly epochMs: () => number;
}
