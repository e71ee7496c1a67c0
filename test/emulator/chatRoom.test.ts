// Source: Akool's OpenAPI documentation, "Live avatar", version 3: session/create and its chat room. The client is a bare socket.
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { callLive, joinAsViewer, sessionsOf, statusOf, untilReady, type LiveAnswer, type LiveViewer } from './liveClient.js';
import { postFault } from './nodeClient.js';
import { listenTo } from './roomClient.js';
import { envelopeOf } from './speech.js';

const patient = { timeout: 15_000, interval: 20 };
let emulator: Emulator;
const viewers: LiveViewer[] = [];

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 1, liveSessionStepMs: 20 });
});
afterEach(async () => {
  for (const viewer of viewers.splice(0)) await viewer.room.close();
  await emulator.close();
});

const create = async (body: object = {}) => (await callLive(emulator, 'POST', '/v3/liveAvatar/session/create', { avatar_id: 'Kai_1080P_back', stream_type: 'agora', ...body })).data;

async function enter(session: LiveAnswer) {
  const { client_chat_room_url: clientUrl, server_chat_room_url: serverUrl } = session.stream_urls;
  const server = new URL(serverUrl).pathname.split('/').at(-1)?.split('.')[0];
  const socket = new WebSocket(clientUrl);
  const frames: { readonly type: string; readonly from: string; readonly payload: string }[] = [];
  const damaged: string[] = [];
  socket.on('message', (data) => {
    try {
      frames.push(JSON.parse(String(data)));
    } catch {
      damaged.push(String(data));
    }
  });
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await once(socket, 'open');
  return {
    socket,
    frames,
    damaged,
    closed,
    server,
    send: (frame: unknown) => socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)),
    ask(messageId: string, question: string, mode: unknown = 1, change: object = {}) {
      const payload = { message_id: messageId, voice_id: 'v-1', voice_url: '', language: 'en', mode_type: mode, prompt: { from: 'text', content: '' }, question, ...change };
      socket.send(JSON.stringify({ type: 'chat', to: server, payload: JSON.stringify(payload) }));
    },
    answer: (messageId: string) => frames.map(({ payload }) => JSON.parse(payload)).filter(({ message_id: id }) => id === messageId).map(({ answer }) => answer).join(''),
  };
}

describe('the chat room of a version 3 session', () => {
  it('answers in parts with the message id of the question, and the avatar in the room says it', async () => {
    const session = await create();
    const { agora_app_id: appId, agora_channel: channel, agora_token: token } = session.stream_urls;
    expect(channel).toBe(`live-${session._id}`);
    expect(token).toEqual(expect.any(String));
    await untilReady(emulator, session._id);
    const viewer = await joinAsViewer(emulator, { appId, channel, uid: session.uid });
    viewers.push(viewer);
    const avatar = viewer.others[0] ?? 0;
    expect((await viewer.room.request({ type: 'subscribe', uid: avatar, media: 'audio' })).type).toBe('done');
    const track = viewer.room.track(avatar, 'audio');
    if (!track) throw new Error('no track');
    const sound = listenTo(track);
    const room = await enter(session);
    const question = 'This is what I want you to say, and it is too long for one part.';
    room.ask('msg-1', question);
    await vi.waitFor(() => expect(room.answer('msg-1')).toBe(question), patient);
    expect(room.frames.length).toBeGreaterThan(1);
    for (const frame of room.frames) {
      expect(frame).toEqual({ type: 'chat', from: room.server, to: room.server?.replace('server', 'client'), payload: expect.any(String) });
      expect(JSON.parse(frame.payload)).toEqual({ message_id: 'msg-1', voice_id: 'v-1', language: 'en', mode_type: 1, question, answer: expect.any(String) });
    }
    await vi.waitFor(() => expect(Math.max(...envelopeOf(sound.samples(), sound.rateHz()))).toBeGreaterThan(500), patient);
    sound.stop();
    expect((await sessionsOf(emulator)).at(-1)).toMatchObject({ vendor: 'akool-live', id: session._id, state: 'joined', channel, texts: 1 });
    // Nothing of it is said in data messages, which version 3 does not have.
    expect(viewer.messages()).toEqual([]);
  });

  it('takes the mode as a number or a string, answers in mode 2, and drops the rest of an answer for the next question', async () => {
    const room = await enter(await create({ stream_type: undefined }));
    room.ask('long', 'word '.repeat(400));
    await vi.waitFor(() => expect(room.frames.length).toBeGreaterThan(1), patient);
    room.ask('msg-2', 'Hello', '2');
    await vi.waitFor(() => expect(room.answer('msg-2')).toBe('You said: Hello'), patient);
    // One sample of the vendor's names the question so.
    room.ask('msg-3', '', 1, { question: undefined, content: 'Named otherwise' });
    await vi.waitFor(() => expect(room.answer('msg-3')).toBe('Named otherwise'), patient);
    expect(room.answer('long').length).toBeLessThan(2_000);
    expect(room.frames.findLastIndex(({ payload }) => payload.includes('"long"'))).toBeLessThan(room.frames.length - 2);
  });

  it('lives on after frames that are damaged, binary, addressed to somebody else or without a question', async () => {
    const room = await enter(await create());
    const payload = JSON.stringify({ message_id: 'm', question: 'q' });
    for (const frame of ['{"type":', 'null', '[]', Buffer.of(1, 2, 3), { type: 'chat', to: 'server_1', payload }, { type: 'chat', to: room.server, payload: '{"message_id":' }]) room.send(frame);
    for (const frame of [{ type: 'chat', to: room.server, payload: { message_id: 'm', question: 'q' } }, { type: 'ping' }, { type: 'chat', to: room.server, payload: '{"message_id":"m"}' }]) room.send(frame);
    room.ask('last', 'Still there?');
    await vi.waitFor(() => expect(room.answer('last')).toBe('Still there?'), patient);
    expect(room.frames).toHaveLength(1);
  });

  it('ends with the session, which version 4 closes by its id', async () => {
    const session = await create();
    const id = session._id;
    await untilReady(emulator, id);
    const { agora_app_id: appId, agora_channel: channel } = session.stream_urls;
    const viewer = await joinAsViewer(emulator, { appId, channel, uid: session.uid });
    viewers.push(viewer);
    const room = await enter(session);
    expect((await callLive(emulator, 'POST', '/v4/liveAvatar/session/close', { id })).code).toBe(1000);
    expect(await room.closed).toBe(1000);
    expect(await viewer.room.next('user-left')).toMatchObject({ uid: viewer.others[0] });
    expect(await statusOf(emulator, id)).toBe(1219);
    const late = new WebSocket(session.stream_urls.client_chat_room_url);
    late.on('error', () => undefined);
    const [, response] = await once(late, 'unexpected-response');
    expect(response.statusCode).toBe(404);
    late.terminate();
  });

  it('is cut, closed with a code, and sent something damaged by faults, at once or with the next question', async () => {
    const session = await create();
    const first = await enter(session);
    const second = await enter(session);
    expect(await postFault(emulator, { fault: 'malformed-message', vendor: 'akool-live' })).toMatchObject({ struck: 1 });
    await vi.waitFor(() => expect([first.damaged, second.damaged]).toEqual([[expect.any(String)], [expect.any(String)]]), patient);
    expect(await postFault(emulator, { fault: 'close-socket', session: session._id, code: 4321 })).toMatchObject({ struck: 1 });
    expect(await first.closed).toBe(4321);
    await second.closed;
    expect(await postFault(emulator, { fault: 'malformed-message', session: session._id })).toMatchObject({ struck: 0, armed: true });
    const third = await enter(session);
    third.ask('msg-1', 'hello');
    await vi.waitFor(() => expect(third.answer('msg-1')).toBe('hello'), patient);
    expect(third.damaged).toHaveLength(1);
    expect(await postFault(emulator, { fault: 'drop-socket' })).toMatchObject({ struck: 1 });
    expect(await third.closed).toBe(1006);
  });
});
