import type { Clock } from '../clock/clock.js';
import { withTimeout } from '../clock/withTimeout.js';
import type { GrantRequest, GrantSource } from '../grant/createGrantSource.js';
import type { ChannelGrant, Grant } from '../grant/grant.js';
import type { LeaseState } from '../grant/lease.js';
import type { SessionEvent } from './SessionEvent.js';

export interface RunGrantOptions {
  /** Null: nothing in this wiring needs a server. */
  readonly source: GrantSource | null;
  /** What the session route is asked for. */
  readonly wishes: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly dispatch: (event: SessionEvent) => void;
  /** A fresh grant admits to a room; `before` is what the one before admitted to. Rejects when that room will not do. */
  readonly onRoom: (room: ChannelGrant, before: ChannelGrant | undefined) => Promise<void>;
}

/** The credentials of a run. */
export interface RunGrant {
  /** Null before the first, and where none is needed. */
  readonly current: Grant | null;
  /** Asks for the first grant, or for a fresh one. */
  open(): Promise<void>;
  /** Asks for a fresh channel token; the rest stays as it is. */
  renewChannel(): Promise<void>;
  /** Keeps the vendor's session; null where there is none to keep. */
  readonly keepLease: (() => Promise<LeaseState>) | null;
  /** Tells the server that the session is over. Never rejects. */
  end(leaving: boolean): Promise<void>;
}

/** The server hears of the end in the background; the next start waits for it no longer than this. */
const END_TIMEOUT_MS = 5000;

/** Makes the credentials of a run; none are asked for yet. */
export function createRunGrant({ source, wishes, clock, signal, dispatch, onRoom }: RunGrantOptions): RunGrant {
  let grant: Grant | null = null;
  let asking: Promise<void> | null = null;

  async function ask(purpose: GrantRequest['purpose']): Promise<void> {
    if (!source) return;
    const previous = grant;
    const fresh = await source.request({ purpose, previous, wishes, signal });
    // A fresh channel token leaves the rest as it is.
    grant = purpose === 'renew-channel' ? { ...previous, ...fresh } : fresh;
    // Ended while the server answered: it has to hear that too.
    if (signal.aborted) return void source.end(fresh, { leaving: false });
    dispatch({ type: 'session-name', sessionId: fresh.sessionId, endsAt: fresh.endsAt ?? null });
    if (fresh.channel) await onRoom(fresh.channel, previous?.channel);
  }

  /** A token that is about to expire and a lost connection may ask at the same time: one grant serves both. */
  function open(): Promise<void> {
    asking ??= ask(grant ? 'renew' : 'start').finally(() => {
      asking = null;
    });
    return asking;
  }

  return {
    get current() {
      return grant;
    },
    open,
    // A whole grant that is on its way brings a token as well.
    renewChannel: () => asking ?? ask('renew-channel'),
    get keepLease() {
      const { avatar } = grant ?? {};
      if (!source?.keep || !avatar || !('keepIntervalMs' in avatar)) return null;
      const { keep } = source;
      return async () => {
        // Read at each call: the pass in it may have been renewed.
        if (!grant) throw new Error('A lease without a grant.');
        return keep(grant, { wantsStatus: true, signal });
      };
    },
    async end(leaving) {
      const told = grant && source?.end(grant, { leaving });
      if (told) await withTimeout(told, clock, END_TIMEOUT_MS, () => new Error('The server did not answer.')).catch(() => undefined); // it notices by itself
    },
  };
}
