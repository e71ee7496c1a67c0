import { AvatarError } from '../../errors/AvatarError.js';
import type { VendorSession } from '../ledger/vendorSessionLedger.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import { isOpening } from './createOpenings.js';
import type { VendorCalls } from './createVendorCalls.js';

/** Closes sessions at the vendor, again and again until the vendor says that they are closed. None of its methods rejects for the vendor's sake. */
export interface Closer {
  /** Closes one unless somebody is at it. When that fails, it becomes due again. */
  close(vendorId: string): Promise<void>;
  /** Closes one whoever is at it, and tells whether it is closed now. */
  insist(vendorId: string): Promise<boolean>;
  /** As {@link Closer.insist}, a few times: for one that nobody will ask for again. */
  persist(vendorId: string): Promise<void>;
  /** Closes those whose time is over, and those whose closing failed. */
  closeDue(): Promise<void>;
  /** Looks at once for what came of an opening that nobody settled. */
  recoverNow(opening: string): Promise<void>;
  /** True for one that was closed, or is being. */
  isClosing(vendorId: string): Promise<boolean>;
}

export interface CloserOptions {
  readonly config: ServerConfig;
  readonly calls: VendorCalls;
  /** How long one call to the vendor may take. */
  readonly timeoutMs: number;
  readonly onClosed: (vendorId: string) => void;
  /** Looks for what came of an opening that nobody settled, and forgets it. */
  readonly recover: (opening: VendorSession) => Promise<void>;
}

const MAX_AT_ONCE = 50;
const CLAIM_MARGIN_MS = 5_000;
const FIRST_BACKOFF_MS = 5_000;
const MAX_BACKOFF_MS = 300_000;
const PERSIST_TIMES = 3;
const PERSIST_WAIT_MS = 1_000;
/** After its own end the vendor charges nothing more; a day later there is no sense in going on. */
const GIVE_UP_MS = 86_400_000;

export function createCloser({ config, calls, timeoutMs, onClosed, recover }: CloserOptions): Closer {
  const { ledger, clock, log, metrics } = config;
  const { vendorSessions } = ledger;

  /** Whoever claims a session has this long before another tries. */
  function claimUntil(closings: number): number {
    const backoffMs = closings === 0 ? 0 : Math.min(FIRST_BACKOFF_MS * 2 ** closings, MAX_BACKOFF_MS);
    return clock.epochMs() + timeoutMs + CLAIM_MARGIN_MS + backoffMs;
  }

  function rememberedUntil(): number {
    return clock.epochMs() + config.maxSessionMs + config.ticketTtlMs;
  }

  /** Remembered first: whoever keeps a session must not take one for open that is on its way out. */
  async function attempt(vendorId: string, sessionId: string | undefined): Promise<boolean> {
    await ledger.endSession(closingKey(vendorId), rememberedUntil());
    try {
      await calls.close(vendorId);
    } catch (error) {
      const reason = AvatarError.isInstance(error) ? error.reason : undefined;
      log({ level: 'warn', event: 'hosted-close-fail', message: 'A session could not be closed at the vendor. It is tried again.', context: { sessionId, vendorId, reason } });
      metrics.count('hostedClosed', { outcome: 'failed' });
      return false;
    }
    await vendorSessions.drop(vendorId);
    onClosed(vendorId);
    metrics.count('hostedClosed', { outcome: 'closed' });
    log({ level: 'info', event: 'hosted-close', message: 'A session was closed at the vendor.', context: { sessionId, vendorId } });
    return true;
  }

  async function finish({ vendorId, sessionId, endsAt }: VendorSession): Promise<void> {
    if ((await attempt(vendorId, sessionId)) || clock.epochMs() < endsAt + GIVE_UP_MS) return;
    await vendorSessions.drop(vendorId);
    onClosed(vendorId);
    log({ level: 'error', event: 'hosted-give-up', message: 'The vendor never said that a session is closed. Look for it in the vendor\'s console.', context: { sessionId, vendorId } });
  }

  /** Where that fails, it is due again when the claim on it lapses. */
  async function recoverLater(opening: VendorSession): Promise<void> {
    try {
      await recover(opening);
    } catch (error) {
      const { vendorId, sessionId, endsAt } = opening;
      // What was opened then is over by now, and paid for.
      if (clock.epochMs() >= endsAt) await vendorSessions.drop(vendorId);
      const reason = AvatarError.isInstance(error) ? error.reason : undefined;
      log({ level: 'warn', event: 'hosted-find-fail', message: 'The vendor could not be asked for a session that may be open there.', context: { sessionId, reason } });
    }
  }

  async function insist(vendorId: string): Promise<boolean> {
    const claimed = await vendorSessions.claim(vendorId, { until: claimUntil(0), evenIfKept: true });
    return attempt(vendorId, claimed?.sessionId);
  }

  async function closeOneDue({ vendorId, closings }: VendorSession): Promise<void> {
    const claimed = await vendorSessions.claim(vendorId, { until: claimUntil(closings), evenIfKept: false });
    if (claimed === null) return;
    if (isOpening(vendorId)) return recoverLater(claimed);
    // Nobody asked to keep it, or its time is over: either way our session ends with it.
    if (claimed.closings === 1) {
      metrics.count('hostedReaped', {});
      await ledger.endSession(claimed.session, rememberedUntil());
    }
    await finish(claimed);
  }

  return {
    async close(vendorId) {
      const claimed = await vendorSessions.claim(vendorId, { until: claimUntil(0), evenIfKept: true });
      if (claimed !== null) await finish(claimed);
    },
    insist,
    async persist(vendorId) {
      for (let left = PERSIST_TIMES; left > 0; left--) {
        // A ledger that does not answer is no reason to leave the session open.
        const isClosed = await insist(vendorId).catch(() => calls.close(vendorId).then(() => true, () => false));
        if (isClosed) return;
        if (left > 1) await new Promise<void>((resolve) => clock.schedule(resolve, PERSIST_WAIT_MS));
      }
      log({ level: 'error', event: 'hosted-leak', message: 'A session may stay open at the vendor until its time is over. Look for it in the vendor\'s console.', context: { vendorId } });
    },
    async closeDue() {
      await Promise.all((await vendorSessions.listDue(MAX_AT_ONCE)).map(closeOneDue));
    },
    async recoverNow(opening) {
      const claimed = await vendorSessions.claim(opening, { until: claimUntil(0), evenIfKept: true }).catch(() => null);
      if (claimed !== null) await recoverLater(claimed);
    },
    isClosing: (vendorId) => ledger.isSessionEnded(closingKey(vendorId)),
  };
}

/** In the ledger's memory of what has ended, beside our own sessions' random keys. */
function closingKey(vendorId: string): string {
  return `vendor ${vendorId}`;
}
