import type { LeaseState } from '../../grant/lease.js';
import { createExpiringMap } from '../ledger/createExpiringMap.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { HostedClaims, RenewalPass } from '../tickets/ticketClaims.js';
import type { Closer } from './createCloser.js';
import type { VendorCalls } from './createVendorCalls.js';
import { sessionEnded } from './sessionEnded.js';

/** Which session at the vendor a lease is of, and of whose it is. */
export type LeaseHolder = Pick<RenewalPass, 'session' | 'sessionId'> & Pick<HostedClaims, 'vendorId' | 'endsAt'>;

/** Keeps sessions open for pages that say that they are still there. */
export interface Leases {
  /** Until when a lease lasts that is given now. Milliseconds since the epoch. */
  dueAt(endsAt: number): number;
  /** Puts off the closing of this very session. Null when it is closed or being closed. */
  extend(holder: LeaseHolder): Promise<number | null>;
  /** @throws `session-ended` */
  keep(holder: LeaseHolder, wantsStatus: boolean): Promise<LeaseState>;
}

export interface LeasesOptions {
  readonly config: ServerConfig;
  readonly calls: VendorCalls;
  readonly closer: Closer;
  readonly leaseMs: number;
  /** A session that this server knew nothing of any more. */
  readonly onAdopted: (vendorId: string) => void;
}

/** The vendor is asked no more often for one session, however many pages ask. */
const STATUS_MS = 1_000;
const MAX_STATUSES = 10_000;

export function createLeases({ config, calls, closer, leaseMs, onAdopted }: LeasesOptions): Leases {
  const { ledger, clock } = config;
  const statuses = createExpiringMap<Promise<LeaseState['status']>>(MAX_STATUSES, () => clock.epochMs());

  const dueAt = (endsAt: number): number => Math.min(clock.epochMs() + leaseMs, endsAt);

  async function extend(holder: LeaseHolder): Promise<number | null> {
    const due = dueAt(holder.endsAt);
    if (await ledger.vendorSessions.putOff(holder.vendorId, due)) return due;
    if (await closer.isClosing(holder.vendorId)) return null;
    // A restart forgot it. The pass is proof enough that it is ours and may still be open.
    const { vendorId, session, sessionId, endsAt } = holder;
    if (!(await ledger.vendorSessions.note({ vendorId, session, sessionId, endsAt, dueAt: due, closings: 0 }))) return null;
    onAdopted(vendorId);
    return due;
  }

  /** An answer that does not come is no news of the avatar. */
  async function ask(vendorId: string): Promise<LeaseState['status']> {
    try {
      const { status } = await calls.inspect(vendorId);
      return status === 'gone' ? 'failed' : status;
    } catch {
      return 'unknown';
    }
  }

  function statusOf(vendorId: string): Promise<LeaseState['status']> {
    const running = statuses.get(vendorId);
    if (running !== undefined) return running;
    const asked = ask(vendorId);
    // Without room the vendor is asked each time.
    statuses.set(vendorId, asked, clock.epochMs() + STATUS_MS);
    return asked;
  }

  return {
    dueAt,
    extend,
    async keep(holder, wantsStatus) {
      const now = clock.epochMs();
      if (now >= holder.endsAt) throw sessionEnded();
      const current = await ledger.vendorSessions.find(holder.session);
      const vendorId = current?.vendorId ?? holder.vendorId;
      const keptUntil = await extend({ ...holder, vendorId });
      // It may have ended while it was being kept.
      if (await ledger.isSessionEnded(holder.session)) throw sessionEnded();
      // The one at the vendor is gone, ours is not: renewing it brings another.
      if (keptUntil === null) return { status: 'failed', keptUntil: now };
      return { status: wantsStatus ? await statusOf(vendorId) : 'unknown', keptUntil };
    },
  };
}
