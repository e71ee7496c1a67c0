import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock/clock.js';
import type { Stage } from '../avatar/stage.js';
import type { FaultRequest, Faults } from '../faults/createFaults.js';
import { OWN_APP_ID, VENDOR_APP_ID } from '../rooms/appIds.js';
import type { SessionLog } from '../sessions/createSessionLog.js';
import { createChatRoomAvatar } from './createChatRoomAvatar.js';
import type { ChatRoom } from './createChatRoom.js';
import { createHostedAvatar } from './createHostedAvatar.js';
import { createLiveSession, type LiveSession } from './createLiveSession.js';

const DEFAULT_DURATION_MS = 600_000;
const MAX_REMEMBERED = 200;
/** Above the streaming nodes: a face of its own. */
const FIRST_SLOT = 1_000;
const UID_BASE = 500_000;

export interface LiveSessionsOptions {
  readonly stage: Stage;
  /** What is heard and said is kept here. */
  readonly records: SessionLog;
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
  /** Where the avatar is talked to, as in version 3; null when that is by data messages and by voice. */
  readonly chatRoom: ChatRoom | null;
}

/** The hosted sessions of this emulator. */
export interface LiveSessions {
  create(wish: LiveSessionWish): LiveSession;
  find(id: string): LiveSession | null;
  /** Newest first. */
  list(): readonly LiveSession[];
  /** Lets a fault happen at once. @returns how many sessions it struck. */
  strike(fault: FaultRequest): number;
  close(): void;
}

/** Makes the memory of hosted sessions. */
export function createLiveSessions({ stage, records, faults, clock, stepMs, log }: LiveSessionsOptions): LiveSessions {
  let sessions: readonly LiveSession[] = [];
  const slots = new Set<number>();
  let count = 0;

  function takeSlot(): number {
    let slot = FIRST_SLOT;
    while (slots.has(slot)) slot++;
    slots.add(slot);
    return slot;
  }

  function create({ avatarId, durationMs, mode, streamType, credentials: own, chatRoom }: LiveSessionWish): LiveSession {
    const id = randomBytes(12).toString('hex');
    const uid = UID_BASE + 2 * ++count;
    const node = takeSlot();
    const credentials: Readonly<Record<string, unknown>> = own ?? { agora_uid: uid, agora_app_id: VENDOR_APP_ID, agora_channel: `live-${id}`, agora_token: `emulator-${id}` };
    const text = (name: string) => (typeof credentials[name] === 'string' ? credentials[name] : '');
    // The vendor keeps its own uid in its room to itself; in a room of the caller's own it comes as whom it is told to.
    const avatarUid = own ? Number(own['agora_uid']) || uid + 1 : uid + 1;
    const record = records.open({ vendor: 'akool-live', id, node: null, avatarId });
    const played = { stage, faults, clock, log, record, sessionId: id, mode };
    return createLiveSession({
      id,
      avatar: chatRoom ? createChatRoomAvatar({ ...played, chatRoom }) : createHostedAvatar(played),
      place: streamType === 'agora' ? { appId: text('agora_app_id') || OWN_APP_ID, channel: text('agora_channel'), token: text('agora_token'), uid: avatarUid, node } : null,
      description: { uid, type: 4, avatar_id: avatarId, stream_type: streamType, credentials, create_time: new Date().toISOString() },
      durationMs: durationMs ?? DEFAULT_DURATION_MS,
      stepMs,
      record,
      faults,
      clock,
      log,
      onClose: () => void slots.delete(node),
    });
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
    strike: (fault) => sessions.filter((session) => session.strike(fault)).length,
    close() {
      for (const session of sessions) session.close();
    },
  };
}
