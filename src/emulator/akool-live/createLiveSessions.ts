import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock/clock.js';
import { isAbort } from '../../errors/abort.js';
import type { Stage, StagedAvatar } from '../avatar/stage.js';
import type { Faults } from '../faults/createFaults.js';
import { createHostedAvatar } from './createHostedAvatar.js';

const QUEUEING = 1;
const PROCESSING = 2;
const READY = 3;
const FAILED = 4;
const DEFAULT_DURATION_MS = 600_000;
const MAX_REMEMBERED = 200;
/** Above the streaming nodes: a face of its own. */
const FIRST_SLOT = 1_000;
const UID_BASE = 500_000;

export interface LiveSessionsOptions {
  readonly stage: Stage;
  readonly faults: Faults;
  readonly clock: Clock;
  /** How long a session is queueing, and then processing. */
  readonly stepMs: number;
  readonly log: (line: string) => void;
}

/** What was asked for, as far as the emulator plays it. */
export interface LiveSessionWish {
  readonly avatarId: string;
  readonly durationMs: number | null;
  readonly mode: number;
  readonly streamType: string;
  /** A room of the caller's own: the avatar comes to it. */
  readonly credentials: Readonly<Record<string, unknown>> | null;
}

export interface LiveSession {
  readonly id: string;
  readonly closed: boolean;
  /** In the vendor's words. */
  describe(): Readonly<Record<string, unknown>> & { readonly status: number };
  close(): void;
}

/** The hosted sessions of this emulator. */
export interface LiveSessions {
  create(wish: LiveSessionWish): LiveSession;
  find(id: string): LiveSession | null;
  /** Newest first. */
  list(): readonly LiveSession[];
  close(): void;
}

/** Makes the memory of hosted sessions; each becomes ready after two steps and ends with its duration. */
export function createLiveSessions({ stage, faults, clock, stepMs, log }: LiveSessionsOptions): LiveSessions {
  let sessions: readonly LiveSession[] = [];
  const slots = new Set<number>();
  let count = 0;

  function takeSlot(): number {
    let slot = FIRST_SLOT;
    while (slots.has(slot)) slot++;
    slots.add(slot);
    return slot;
  }

  function create({ avatarId, durationMs, mode, streamType, credentials: own }: LiveSessionWish): LiveSession {
    const id = randomBytes(12).toString('hex');
    const uid = UID_BASE + 2 * ++count;
    const slot = takeSlot();
    const credentials: Readonly<Record<string, unknown>> = own ?? { agora_uid: uid, agora_app_id: 'emulator', agora_channel: `live-${id}`, agora_token: `emulator-${id}` };
    // The vendor keeps its own uid in its room to itself; in a room of the caller's own it comes as whom it is told to.
    const avatarUid = own ? Number(own['agora_uid']) || uid + 1 : uid + 1;
    const createdAt = new Date().toISOString();
    const gone = new AbortController();
    let status = QUEUEING;
    let closed = false;
    let avatar: Pick<StagedAvatar, 'leave'> | null = null;
    let cancelStep = () => {};

    async function appear(): Promise<void> {
      if (faults.take('session-fails', { session: id })) return void (status = FAILED);
      try {
        const text = (name: string) => (typeof credentials[name] === 'string' ? credentials[name] : '');
        const place = { appId: text('agora_app_id') || 'emulator', channel: text('agora_channel'), token: text('agora_token'), uid: avatarUid };
        const entered = streamType === 'agora' ? await createHostedAvatar({ stage, clock, ...place, slot, sessionId: id, mode, signal: gone.signal }) : null;
        if (closed) return entered?.leave();
        avatar = entered;
        status = READY;
        log(`live session ${id}: ready`);
      } catch (cause) {
        if (isAbort(cause)) return;
        status = FAILED;
        log(`live session ${id}: failed: ${cause instanceof Error ? cause.message : 'unknown failure'}`);
      }
    }

    cancelStep = clock.schedule(() => {
      status = PROCESSING;
      cancelStep = clock.schedule(() => void appear(), stepMs);
    }, stepMs);
    const cancelExpiry = clock.schedule(close, durationMs ?? DEFAULT_DURATION_MS);

    function close(): void {
      if (closed) return;
      closed = true;
      cancelStep();
      cancelExpiry();
      gone.abort();
      avatar?.leave();
      slots.delete(slot);
      log(`live session ${id}: closed`);
    }

    return {
      id,
      close,
      get closed() {
        return closed;
      },
      describe: () => ({ _id: id, uid, type: 4, status, avatar_id: avatarId, stream_type: streamType, credentials, create_time: createdAt }),
    };
  }

  return {
    create(wish) {
      const session = create(wish);
      const remembered = sessions.filter(({ closed }, index) => !closed || index < MAX_REMEMBERED);
      sessions = [session, ...remembered];
      return session;
    },
    find: (id) => sessions.find((session) => session.id === id) ?? null,
    list: () => sessions,
    close() {
      for (const session of sessions) session.close();
    },
  };
}
