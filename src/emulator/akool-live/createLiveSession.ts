import type { Clock } from '../../clock/clock.js';
import { isAbort } from '../../errors/abort.js';
import { scopeFits, type FaultRequest, type Faults } from '../faults/createFaults.js';
import type { SessionRecord } from '../sessions/createSessionLog.js';
import type { HostedAvatar, HostedPlace } from './hostedAvatar.js';

const QUEUEING = 1;
const PROCESSING = 2;
const READY = 3;
const FAILED = 4;

export interface LiveSessionDescription {
  /** As whom the browser joins. */
  readonly uid: number;
  readonly type: number;
  readonly avatar_id: string;
  readonly stream_type: string;
  /** Of the room: names as the vendor's, values as the caller gave them. */
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly create_time: string;
}

export interface LiveSessionOptions {
  readonly id: string;
  readonly avatar: HostedAvatar;
  /** Null when the avatar goes into no room that the emulator has. */
  readonly place: HostedPlace | null;
  /** What never changes of the vendor's description. */
  readonly description: LiveSessionDescription;
  readonly durationMs: number;
  /** How long the session is queueing, and then processing. */
  readonly stepMs: number;
  readonly record: SessionRecord;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly onClose: () => void;
}

/** One session that the vendor hosts. */
export interface LiveSession {
  readonly id: string;
  readonly closed: boolean;
  /** In the vendor's words. */
  describe(): LiveSessionDescription & { readonly _id: string; readonly status: number };
  /** Lets a fault happen at once. @returns whether it struck. */
  strike(fault: FaultRequest): boolean;
  /** Idempotent. */
  close(): void;
}

/** Makes a session that becomes ready after two steps and ends with its duration. */
export function createLiveSession(options: LiveSessionOptions): LiveSession {
  const { id, avatar, place, description, durationMs, stepMs, record, faults, clock, log, onClose } = options;
  const gone = new AbortController();
  const cancels = new Set<() => void>();
  let status = QUEUEING;
  let closed = false;

  function later(delayMs: number, task: () => void): void {
    const cancel = clock.schedule(() => (cancels.delete(cancel), task()), delayMs);
    cancels.add(cancel);
  }

  function fail(why: string): void {
    status = FAILED;
    record.update({ state: 'connected', speaking: false });
    log(`live session ${id}: failed: ${why}`);
  }

  async function appear(): Promise<void> {
    if (faults.take('session-fails', { session: id, vendor: 'akool-live' })) return fail('fault session-fails');
    try {
      if (place) await avatar.appear(place, gone.signal);
      if (closed) return;
      status = READY;
      record.update({ state: 'joined', ...(place ? { channel: place.channel, uid: place.uid } : {}) });
      log(`live session ${id}: ready`);
    } catch (cause) {
      if (!closed && !isAbort(cause)) fail(cause instanceof Error ? cause.message : 'unknown failure');
    }
  }

  function abandon(): void {
    if (closed) return;
    avatar.leave();
    fail('fault avatar-leaves');
  }

  function close(): void {
    if (closed) return;
    closed = true;
    for (const cancel of cancels) cancel();
    cancels.clear();
    gone.abort();
    avatar.close();
    record.close(null);
    onClose();
    log(`live session ${id}: closed`);
  }

  later(durationMs, close);
  later(stepMs, () => {
    status = PROCESSING;
    later(stepMs, () => void appear());
  });

  return {
    id,
    close,
    get closed() {
      return closed;
    },
    describe: () => ({ ...description, _id: id, status }),
    strike(fault) {
      if (closed || !scopeFits(fault, { session: id, vendor: 'akool-live' })) return false;
      if (fault.fault !== 'avatar-leaves' && fault.fault !== 'session-expires') return avatar.strike(fault);
      later(fault.delayMs ?? 0, fault.fault === 'avatar-leaves' ? abandon : close);
      return true;
    },
  };
}
