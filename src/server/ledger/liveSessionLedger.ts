/** A session of ours that is going on. */
export interface LiveSession {
  /** Key of the session: random, never shown. */
  readonly session: string;
  /** Name of the session, as its owner knows it. */
  readonly sessionId: string;
  /** Whose it is. */
  readonly subject: string;
  /** Service of its avatar; null for a voice alone. */
  readonly service: string | null;
  readonly avatarId: string | null;
  /** Milliseconds since the epoch, as all times here. */
  readonly startedAt: number;
  /** It counts as over when nothing has extended it by then. */
  readonly until: number;
}

export interface LiveSessionLimits {
  readonly ofSubject: number;
  readonly ofAll: number;
}

/** Leases of the sessions that are going on: what limits how many there are at the same time. */
export interface LiveSessionLedger {
  /** Opens a lease unless too many are open. One that is open already is extended. Must be atomic, whatever is started at the same time. */
  open(session: LiveSession, limits: LiveSessionLimits): Promise<'opened' | 'subject-full' | 'all-full'>;
  /** What is known of one that is open stays, but for `until`. Opened anew when it had lapsed: a session that goes on counts. */
  extend(session: LiveSession): Promise<void>;
  /** Idempotent. */
  close(session: string, subject: string): Promise<void>;
  /** Those of one subject, the oldest first. */
  list(subject: string): Promise<readonly LiveSession[]>;
  countAll(): Promise<number>;
}
