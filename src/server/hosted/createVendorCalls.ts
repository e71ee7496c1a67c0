import { AvatarError } from '../../errors/AvatarError.js';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import type { AkoolSessionStatus } from '../akool-live/createSessions.js';
import type { AkoolSessionCredentials, AkoolStream } from '../akool-live/sessionCredentials.js';
import { traced } from '../traced.js';
import type { HostedWish } from './hostedWish.js';
import { listInRoom } from './listInRoom.js';
import type { HostedConfig } from './resolveHosted.js';

/** Where a hosted avatar is talked to in writing, in version 3. */
export interface ChatRoomAddress {
  readonly clientUrl: string;
  readonly peer: string;
}

export interface VendorOpening {
  readonly vendorId: string;
  readonly credentials: AkoolSessionCredentials | null;
  readonly chat: ChatRoomAddress | null;
}

export interface VendorState {
  /** `gone`: the vendor says that it is closed, or knows nothing of it. */
  readonly status: AkoolSessionStatus | 'gone';
  readonly credentials: AkoolSessionCredentials | null;
}

/** What this server asks of the vendor, whichever interface a session was opened by. */
export interface VendorCalls {
  /** The account pays from here on. @param stream the room to come to; undefined for one of the vendor's. */
  open(wish: HostedWish, durationMs: number, stream: AkoolStream | undefined): Promise<VendorOpening>;
  inspect(vendorId: string): Promise<VendorState>;
  /** Resolves when it is closed, also when it was before. */
  close(vendorId: string): Promise<void>;
  /** Sessions whose avatar was told to come to this room of ours. */
  listInRoom(room: string): Promise<readonly string[]>;
}

/** In a body, by which the vendor says that there is nothing to close any more. A plain HTTP 404 does not say that. */
const GONE: readonly unknown[] = [AKOOL_API_CODE.sessionNotFound, AKOOL_API_CODE.sessionClosed, AKOOL_API_CODE.notFound];

/** Makes the calls of one account. */
export function createVendorCalls({ akool, session }: HostedConfig): VendorCalls {
  async function open({ service, avatarId, looks }: HostedWish, durationMs: number, stream: AkoolStream | undefined): Promise<VendorOpening> {
    if (service === 'akool-chat-room') {
      const room = await akool.chatRooms.create({ avatarId, backgroundUrl: looks.backgroundUrl ?? session.backgroundUrl, streamType: 'agora' });
      return { vendorId: room.id, credentials: room.credentials, chat: { clientUrl: room.clientUrl, peer: room.peer } };
    }
    // Always with its time: what the vendor takes for its default is not documented.
    const durationSeconds = Math.max(1, Math.floor(durationMs / 1_000));
    const { id, credentials } = await akool.sessions.create({ ...session, ...looks, avatarId, durationSeconds, stream: stream ?? { type: 'agora' } });
    return { vendorId: id, credentials, chat: null };
  }

  async function inspect(vendorId: string): Promise<VendorState> {
    try {
      return await akool.sessions.detail(vendorId);
    } catch (error) {
      if (isGone(error)) return { status: 'gone', credentials: null };
      throw error;
    }
  }

  async function close(vendorId: string): Promise<void> {
    try {
      await akool.sessions.close(vendorId);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  return {
    open: (wish, durationMs, stream) => traced('hosted-open', { 'visavis.service': wish.service }, () => open(wish, durationMs, stream)),
    inspect: (vendorId) => traced('hosted-inspect', {}, () => inspect(vendorId)),
    close: (vendorId) => traced('hosted-close', {}, () => close(vendorId)),
    listInRoom: (room) => traced('hosted-search', {}, () => listInRoom(akool.sessions, inspect, room)),
  };
}

function isGone(error: unknown): boolean {
  return AvatarError.isInstance(error) && GONE.includes(error.context['code']);
}
