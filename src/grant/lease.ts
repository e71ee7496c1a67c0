/** How the vendor's session is that a server holds for a page. */
export interface LeaseState {
  /** `unknown` where the vendor could not be asked just now. */
  readonly status: 'queueing' | 'processing' | 'ready' | 'failed' | 'unknown';
  /** Until when the server keeps the session open if it hears nothing more. Milliseconds since the epoch. */
  readonly keptUntil: number;
}

/** What `POST …/session/keep` takes and answers. Shared by grant sources and the server's handler. */
export interface KeepRequest {
  readonly renewal: string;
  /** Ask the vendor how far the avatar is; without it only the lease is put off. */
  readonly wants?: 'status';
}

const STATUSES: readonly LeaseState['status'][] = ['queueing', 'processing', 'ready', 'failed', 'unknown'];

/** Reads the answer of the keep route; null for anything else. */
export function parseLeaseState(value: unknown): LeaseState | null {
  if (typeof value !== 'object' || value === null || !('status' in value) || !('keptUntil' in value)) return null;
  const status = STATUSES.find((known) => known === value.status);
  return status && typeof value.keptUntil === 'number' ? { status, keptUntil: value.keptUntil } : null;
}
