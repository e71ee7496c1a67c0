import type { LiveSessionLedger } from './liveSessionLedger.js';
import type { VendorSessionLedger } from './vendorSessionLedger.js';

/** How an attempt to reach a node went. */
export type NodeOutcome =
  /** `latencyMs`: from the first packet until the node had taken the session. */
  | { readonly kind: 'success'; readonly latencyMs: number }
  | { readonly kind: 'failure' };

/** What is known of a node lately. */
export interface NodeHealth {
  /** Recent failures: 0 is none, and a failure counts for less as it ages. */
  readonly failures: number;
  /** Smoothed; null when nobody has reached it lately. */
  readonly latencyMs: number | null;
}

/** Whether something may be done now. */
export interface RateVerdict {
  readonly allowed: boolean;
  /** How long to wait when it may not; 0 when it may. */
  readonly retryAfterMs: number;
}

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
  reportNode(node: string, outcome: NodeOutcome): Promise<void>;
  /** In the order of `nodes`. */
  readNodes(nodes: readonly string[]): Promise<readonly NodeHealth[]>;
  endSession(session: string, expiresAt: number): Promise<void>;
  isSessionEnded(session: string): Promise<boolean>;
  /** Notes which connection a session's seat belongs to. Whoever comes last has it. */
  takeSeat(seat: string, connection: string, expiresAt: number): Promise<void>;
  /** False when another connection has taken the seat; true also when nobody is noted. */
  holdsSeat(seat: string, connection: string): Promise<boolean>;
  /** Takes one of `points` per window for `key`. Must be atomic. */
  consume(key: string, limit: { readonly points: number; readonly windowMs: number }): Promise<RateVerdict>;
  /** The sessions that are going on, as leases that lapse unless they are extended. */
  readonly liveSessions: LiveSessionLedger;
  /** The sessions at vendors that cost money while they are open. */
  readonly vendorSessions: VendorSessionLedger;
  /** True when other instances, or this one after a restart, remember the same. Where false, a server that stops closes what it opened. */
  readonly shared: boolean;
  /** Rejects when it cannot be relied upon now. */
  check(): Promise<void>;
}
