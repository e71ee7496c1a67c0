import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import { answer, readBody, refuse } from './reply.js';

/** `/api/open/v3/liveAvatar/session`: names the chat room; its socket is not played. */
export function createChatRoomRoutes(socketBase: string): Hono {
  const app = new Hono();
  let count = 8_897;
  app.post('/create', async (context) => {
    const { avatar_id: avatarId, stream_type: streamType } = await readBody(context);
    if (typeof avatarId !== 'string' || avatarId === '') return refuse(context, AKOOL_API_CODE.badParameter, 'avatar_id is required');
    const id = randomBytes(12).toString('hex');
    const room = ++count;
    const agora = streamType === 'agora' ? { agora_app_id: 'emulator', agora_channel: `live-${id}`, agora_token: `emulator-${id}` } : {};
    return answer(context, {
      _id: id,
      uid: 500_000 + room,
      type: 4,
      status: 3,
      task_id: `task-${id}`,
      app_name: 'emulator',
      stream_name: `stream-${id}`,
      stream_urls: {
        client_pull_stream_url: streamType === 'agora' ? '' : `${socketBase.replace(/^ws/, 'http')}/${id}.flv`,
        client_chat_room_url: `${socketBase}/client_${room}.chat`,
        server_chat_room_url: `${socketBase}/server_${room}.chat`,
        ...agora,
      },
    });
  });
  return app;
}
