import type { VendorSessionLedger } from './vendorSessionLedger.js';

/**
 * What handler and relay, and all instances of them, remember together. Instances hold nothing else.
 *
 * Times are milliseconds since the epoch. Every method may reject; callers then refuse rather than go on unchecked.
 */
export interface ServerLedger {
  /** Marks a ticket as used. False when it was used before. Must be atomic across instances. */
  spendTicket(ticketId: string, expiresAt: number): Promise<boolean>;
  /** Promises a node to one holder until `expiresAt`. False while somebody else holds it. Must be atomic. */
  reserveNode(node: string, holder: string, expiresAt: number): Promise<boolean>;
  /** Gives a promise back; does nothing when `holder` does not hold it. */
  releaseNode(node: string, holder: string): Promise<void>;
  reportNode(node: string, outcome: 'success' | 'failure'): Promise<void>;
  /** Recent failures of each node, in order: 0 is none, and a failure counts for less as it ages. */
  readFailures(nodes: readonly string[]): Promise<readonly number[]>;
  endSession(session: string, expiresAt: number): Promise<void>;
  isSessionEnded(session: string): Promise<boolean>;
  /** Counts one event under `key` and returns how many fell into the running window. */
  count(key: string, windowMs: number): Promise<number>;
  /** The sessions at vendors that cost money while they are open. */
  readonly vendorSessions: VendorSessionLedger;
  /** True when other instances, or this one after a restart, remember the same. Where false, a server that stops closes what it opened. */
  readonly shared: boolean;
}
