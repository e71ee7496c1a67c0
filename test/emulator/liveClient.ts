import { vi } from 'vitest';
import type { Emulator, SessionReport } from '../../src/emulator.js';
import { openRoom, type RoomClient } from './roomClient.js';

export interface LiveMessage {
  readonly v: number;
  readonly type: string;
  readonly mid: string;
  readonly idx?: number;
  readonly fin?: boolean;
  readonly pld: Record<string, unknown>;
}

export interface LiveViewer {
  readonly room: RoomClient;
  /** Who else was there at the join. */
  readonly others: readonly number[];
  /** Data messages that are JSON. */
  messages(): LiveMessage[];
  /** Data messages that are not. */
  damaged(): string[];
  send(message: object): void;
  /** Text of all parts of one sender, in the order in which they came. */
  textOf(from: 'bot' | 'user'): string;
  events(): unknown[];
}

export interface Place {
  readonly appId: string;
  readonly channel: string;
  readonly uid: number;
}

/** What is read of a session in the vendor's answers; the assertions check it. */
export interface LiveAnswer {
  readonly _id: string;
  readonly uid: number;
  readonly status: number;
  readonly credentials: { readonly agora_app_id: string; readonly agora_channel: string; readonly agora_uid: number };
  readonly stream_urls: Readonly<Record<'client_chat_room_url' | 'server_chat_room_url' | 'agora_app_id' | 'agora_channel' | 'agora_token', string>>;
}

/** Akool's REST API as a foreign client calls it. */
export async function callLive(emulator: Emulator, method: 'GET' | 'POST', path: string, body?: object): Promise<{ code: number; data: LiveAnswer }> {
  const response = await fetch(`${emulator.akoolApiUrl}/api/open${path}`, {
    method,
    headers: { 'x-api-key': emulator.apiKey },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return response.json();
}

/** Creates a session of version 4 and tells where its room is. */
export async function createLive(emulator: Emulator, body: object = {}): Promise<{ id: string; place: Place }> {
  const { data } = await callLive(emulator, 'POST', '/v4/liveAvatar/session/create', { avatar_id: 'a-1', ...body });
  const { agora_app_id: appId, agora_channel: channel, agora_uid: uid } = data.credentials;
  return { id: data._id, place: { appId, channel, uid } };
}

/** The session's status, or the code with which it is refused. */
export const statusOf = async (emulator: Emulator, id: string) => {
  const { code, data } = await callLive(emulator, 'GET', `/v4/liveAvatar/session/detail?id=${id}`);
  return code === 1000 ? data.status : code;
};

/** Resolves when the avatar is in its room. */
export async function untilReady(emulator: Emulator, id: string): Promise<void> {
  await vi.waitFor(async () => {
    if ((await statusOf(emulator, id)) !== 3) throw new Error('not ready');
  }, { timeout: 10_000, interval: 10 });
}

/** Joins a room with a media engine, as a browser does. */
export async function joinAsViewer(emulator: Emulator, { appId, channel, uid }: Place): Promise<LiveViewer> {
  const room = await openRoom(emulator);
  const joined = await room.request({ type: 'join', appId, channel, token: 'tok', uid });
  if (joined.type !== 'done') throw new Error(joined.message);
  const payloads = () => room.messages.flatMap((message) => (message.type === 'message' ? [Buffer.from(message.payload, 'base64').toString()] : []));
  const parse = (text: string): LiveMessage | null => {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  };
  const messages = () => payloads().map(parse).filter((message) => message !== null);
  return {
    room,
    others: (joined.users ?? []).map(({ uid: other }) => other),
    messages,
    damaged: () => payloads().filter((text) => parse(text) === null),
    send: (message) => void room.request({ type: 'message', payload: Buffer.from(JSON.stringify({ v: 2, ...message })).toString('base64') }),
    textOf: (from) => messages().filter(({ type, pld }) => type === 'chat' && pld['from'] === from).map(({ pld }) => pld['text']).join(''),
    events: () => messages().filter(({ type }) => type === 'event').map(({ pld }) => pld['event']),
  };
}

export const sessionsOf = async (emulator: Emulator): Promise<SessionReport[]> => (await fetch(`${emulator.url}/_emulator/sessions`)).json();
