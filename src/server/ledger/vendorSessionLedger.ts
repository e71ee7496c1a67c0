/** A session at a vendor, which costs money while it is open. */
export interface VendorSession {
  readonly vendorId: string;
  /** Key of our session. */
  readonly session: string;
  /** Name of our session, for logs. */
  readonly sessionId: string;
  /** When it is to be closed if nothing more is heard; while it is being closed, when to try again. */
  readonly dueAt: number;
  /** When it is over in any case. */
  readonly endsAt: number;
  /** How often closing it was begun. Above 0 nobody may keep it any more. */
  readonly closings: number;
}

/** How a session is claimed in order to be closed. */
export interface VendorSessionClaim {
  /** When another may try, should the one who claims it fail. */
  readonly until: number;
  /** Also before it is due. One that somebody is closing is never claimed before its time. */
  readonly evenIfKept: boolean;
}

/** The vendors' sessions that are open. What is in here may only be forgotten when the vendor says that it is closed. */
export interface VendorSessionLedger {
  /** False when it was noted before. Rejects when there is no room: the session must then be closed at once. */
  note(session: VendorSession): Promise<boolean>;
  /** False when it is not there or is being closed. Must be atomic. */
  putOff(vendorId: string, dueAt: number): Promise<boolean>;
  /** For the one who is to close it now: counts the closing, and makes it due again at `until`. Null for everybody else. Must be atomic. */
  claim(vendorId: string, claim: VendorSessionClaim): Promise<VendorSession | null>;
  /** It is closed. */
  drop(vendorId: string): Promise<void>;
  /** The one of our session that is not being closed. */
  find(session: string): Promise<VendorSession | null>;
  /** Those that are due, the longest first. */
  listDue(limit: number): Promise<readonly VendorSession[]>;
}
