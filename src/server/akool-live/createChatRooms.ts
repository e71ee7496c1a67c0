import { z } from 'zod';
import { AvatarError } from '../../errors/AvatarError.js';
import type { AkoolCallOptions } from './AkoolClientOptions.js';
import type { AkoolCall } from './createCall.js';
import { answerOf, optionalText } from './page.js';
import { createSessions } from './createSessions.js';
import { readInput } from './readInput.js';
import { sessionCredentials, type AkoolSessionCredentials } from './sessionCredentials.js';
import { readShape } from '../../shapes/readShape.js';

export interface CreateChatRoomInput {
  readonly avatarId: string;
  readonly backgroundUrl?: string;
  /** Where the vendor reports to. */
  readonly webhookUrl?: string;
  /** Show the avatar in an Agora room instead of a stream to be pulled. */
  readonly streamType?: 'agora';
}

/** A session of the version 3 API: text goes through a chat room of its own. */
export interface AkoolChatRoom {
  readonly id: string;
  readonly taskId: string | null;
  readonly streamName: string | null;
  /** Address of the picture and sound, `.flv`; null in an Agora room. */
  readonly pullStreamUrl: string | null;
  /** The socket that the browser opens. */
  readonly clientUrl: string;
  /** The name by which the avatar's side is addressed, such as `server_8898`. */
  readonly peer: string;
  /** Null without `streamType: 'agora'`. */
  readonly credentials: AkoolSessionCredentials | null;
}

export interface AkoolChatRooms {
  /** The account pays from here on. */
  create(input: CreateChatRoomInput, options?: AkoolCallOptions): Promise<AkoolChatRoom>;
}

/** As much of an answer as it takes to close the session again. */
const anySession = z.looseObject({ _id: z.string().min(1) });

const session = z
  .object({
    _id: z.string().min(1),
    uid: z.coerce.number().nullish(),
    task_id: optionalText,
    stream_name: optionalText,
    stream_urls: z.looseObject({ client_pull_stream_url: optionalText, client_chat_room_url: z.string(), server_chat_room_url: z.string() }),
  })
  .transform(({ stream_urls: urls, ...data }): Omit<AkoolChatRoom, 'peer'> & { readonly serverUrl: string } => ({
    id: data._id,
    taskId: data.task_id,
    streamName: data.stream_name,
    pullStreamUrl: urls.client_pull_stream_url,
    clientUrl: urls.client_chat_room_url,
    serverUrl: urls.server_chat_room_url,
    // The uid to join as stands outside of the other credentials.
    credentials: sessionCredentials.parse({ ...urls, agora_uid: data.uid }),
  }));

const createInput = z.strictObject({
  avatarId: z.string().min(1),
  backgroundUrl: z.url().optional(),
  webhookUrl: z.url().optional(),
  streamType: z.literal('agora').optional(),
});

/**
 * The name of one end of a chat room: the last segment of its address, up to the first dot.
 *
 * @throws AvatarError `message-invalid` when the address has no such name.
 * @example
 * ```ts
 * parseChatRoomPeer('wss://chat.example.com/app/server_8898.chat'); // 'server_8898'
 * ```
 */
export function parseChatRoomPeer(chatRoomUrl: string): string {
  const path = URL.canParse(chatRoomUrl) ? new URL(chatRoomUrl).pathname : '';
  const name = path.split('/').at(-1)?.split('.')[0] ?? '';
  if (name === '') throw new AvatarError('message-invalid', { message: 'The avatar service named a chat room that this version cannot read. A newer version may be needed.' });
  return name;
}

function unreadable(field: string): AvatarError {
  return new AvatarError('message-invalid', {
    message: 'The avatar service answered in a shape that this version cannot read. A newer version may be needed.',
    context: { field },
  });
}

/** The part of the API that is about version 3 sessions. */
export function createChatRooms(call: AkoolCall): AkoolChatRooms {
  return {
    async create(input, options) {
      const { avatarId, backgroundUrl, webhookUrl, streamType } = readInput(createInput, input, 'The session');
      const body = { avatar_id: avatarId, background_url: backgroundUrl, webhookUrl, stream_type: streamType };
      const opened = await call({ method: 'POST', path: '/api/open/v3/liveAvatar/session/create', body, answer: answerOf(anySession) }, options);
      try {
        const parsed = readShape(session, opened);
        if (!parsed.success) throw unreadable(parsed.error.issues[0]?.path.join('.') ?? '');
        const { serverUrl, ...room } = parsed.data;
        return { ...room, peer: parseChatRoomPeer(serverUrl) };
      } catch (error) {
        // It is open and paid for, though nobody can use it.
        await createSessions(call).close(opened._id).catch(() => undefined);
        throw error;
      }
    },
  };
}
