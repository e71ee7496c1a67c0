import { Hono } from 'hono';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import type { ChatRooms } from './createChatRooms.js';
import type { LiveSessions } from './createLiveSessions.js';
import { answer, readBody, refuse } from './reply.js';

const RETELLING = 1;

export interface ChatRoomRoutesOptions {
  readonly sessions: LiveSessions;
  readonly chatRooms: ChatRooms;
  /** Where the sockets are, `ws:`, without a slash at the end. */
  readonly socketBase: string;
}

/** `/api/open/v3/liveAvatar/session`: create. Detail and close are those of version 4. */
export function createChatRoomRoutes({ sessions, chatRooms, socketBase }: ChatRoomRoutesOptions): Hono {
  const app = new Hono();
  app.post('/create', async (context) => {
    const { avatar_id: avatarId, stream_type: streamType } = await readBody(context);
    if (typeof avatarId !== 'string' || avatarId === '') return refuse(context, AKOOL_API_CODE.badParameter, 'avatar_id is required');
    const isRoom = streamType === 'agora';
    const chatRoom = chatRooms.open();
    const session = sessions.create({ avatarId, durationMs: null, mode: RETELLING, streamType: isRoom ? 'agora' : 'flv', credentials: null, chatRoom });
    // The uid to join as stands outside, the rest of the room's credentials among the addresses.
    const { credentials, avatar_id: _avatarId, stream_type: _streamType, ...rest } = session.describe();
    const { agora_uid: _uid, ...room } = credentials;
    return answer(context, {
      ...rest,
      task_id: `task-${session.id}`,
      app_name: 'emulator',
      stream_name: `stream-${session.id}`,
      stream_urls: {
        // The emulator streams into rooms only: there is nothing to be pulled at this address.
        client_pull_stream_url: isRoom ? '' : `${socketBase.replace(/^ws/, 'http')}/${session.id}.flv`,
        client_chat_room_url: `${socketBase}/client_${chatRoom.number}.chat`,
        server_chat_room_url: `${socketBase}/server_${chatRoom.number}.chat`,
        ...(isRoom ? room : {}),
      },
    });
  });
  return app;
}
