// Source: the vendor's documents of the version 3 session and its chat room, and its chat demo. The frames are written out by hand.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { akoolChatRoom, type AvatarServiceEvent } from '../../../src/client.js';
import type { AvatarConnection } from '../../../src/services/service.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { createFakeRoom } from '../../unit/services/createFakeRoom.js';
import { NodeSocket, openSocketServer, type SocketServer } from '../../unit/services/openSocketServer.js';

let server: SocketServer;
let connection: AvatarConnection;
let events: AvatarServiceEvent[];

beforeEach(async () => {
  server = await openSocketServer();
  const room = createFakeRoom();
  room.enter();
  events = [];
  connection = await akoolChatRoom({ WebSocket: NodeSocket }).connect({
    grant: createFakeGrant({
      avatar: { service: 'akool-chat-room', avatarId: 'a', peer: 'server_8898', url: server.url, ticket: 't', ticketExpiresAt: 4e12, keepIntervalMs: 30_000, endsAt: 4e12 },
    }),
    params: { voiceId: 'Xb7hH8MSUJpSbSDYk0k2', language: 'en' },
    clock: createManualClock(),
    signal: new AbortController().signal,
    room: async () => room,
    keepLease: null,
    onEvent: (event) => events.push(event),
  });
  events.length = 0;
});
afterEach(async () => {
  await connection.close();
  await server.close();
});

const until = (check: () => boolean) => expect.poll(check, { timeout: 5_000, interval: 5 }).toBe(true);
const sent = () => server.received.map((text) => JSON.parse(text));

it.each([
  ['retelling', 1],
  ['dialogue', 2],
] as const)('a question in %s has the mode %i, and a payload that is encoded twice', async (mode, number) => {
  await connection.setParams({ mode });
  await connection.sendText?.('Hi "you"');
  await until(() => server.received.length === 1);
  const [frame] = sent();
  expect(Object.keys(frame)).toEqual(['type', 'to', 'payload']);
  expect(frame).toMatchObject({ type: 'chat', to: 'server_8898', payload: expect.any(String) });
  expect(JSON.parse(frame.payload)).toEqual({
    message_id: expect.stringMatching(/^msg-\d+/), voice_id: 'Xb7hH8MSUJpSbSDYk0k2', voice_url: '', language: 'en', mode_type: number, prompt: { from: 'text', content: '' }, question: 'Hi "you"',
  });
});

it('every question has a name of its own', async () => {
  for (let n = 0; n < 5; n++) await connection.sendText?.('again');
  await until(() => server.received.length === 5);
  expect(new Set(sent().map(({ payload }) => JSON.parse(payload).message_id)).size).toBe(5);
});

it('an answer in parts is put together by its name', async () => {
  const payload = (answer: string) => `{\\"message_id\\":\\"msg-1\\",\\"voice_id\\":\\"v\\",\\"voice_url\\":\\"\\",\\"language\\":\\"en\\",\\"mode_type\\":2,\\"question\\":\\"q\\",\\"answer\\":\\"${answer}\\"}`;
  for (const answer of ['I am ', 'Kai.']) server.send(`{"type":"chat","from":"server_8898","to":"client_8898","payload":"${payload(answer)}"}`);
  await until(() => events.length === 4);
  expect(events.filter(({ type }) => type === 'transcript')).toEqual([
    { type: 'transcript', role: 'assistant', text: 'I am ', final: false },
    { type: 'transcript', role: 'assistant', text: 'I am Kai.', final: false },
  ]);
});

it.each(['{"type":"presence","from":"server_8898"}', '{"type":"chat","from":"server_8898","payload":"{}"}', '{"type":"chat"}', '[]', 'null', '1'])('%s is passed on and means nothing', async (frame) => {
  server.send(frame);
  await until(() => events.length > 0);
  expect(events).toEqual([{ type: 'message', message: JSON.parse(frame) }]);
});

it.each(['', 'hello', '{', '{"type":"chat","payload":"{"}'])('%j is reported and does no harm', async (frame) => {
  server.send(frame);
  await until(() => events.length > 0);
  expect(events).toMatchObject([{ type: 'error', error: { reason: 'message-invalid' } }]);
  await connection.sendText?.('Still there?');
});
