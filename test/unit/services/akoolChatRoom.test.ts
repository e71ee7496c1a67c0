import { afterEach, describe, expect, it } from 'vitest';
import type { WebSocket as ServerSocket } from 'ws';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import { RELAY_UPSTREAM_OPEN } from '../../../src/grant/relayProtocol.js';
import { akoolChatRoom, type AkoolChatRoomOptions } from '../../../src/services/akool-live/akoolChatRoom.js';
import type { AvatarParams, AvatarServiceEvent } from '../../../src/services/service.js';
import { createFakeGrant } from '../../../src/testing/createFakeGrant.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';
import { createFakeRoom } from './createFakeRoom.js';
import { NodeSocket, openSocketServer } from './openSocketServer.js';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const outcome = (promise: Promise<unknown> | undefined) => Promise.resolve(promise).then(() => 'done', (error: unknown) => error);
const until = (check: () => boolean) => expect.poll(check, { timeout: 5_000, interval: 5 }).toBe(true);

async function setUp({ params = {}, ...options }: AkoolChatRoomOptions & { readonly params?: AvatarParams } = {}) {
  const server = await openSocketServer();
  cleanUps.push(server.close);
  const clock = createManualClock();
  const room = createFakeRoom();
  const controller = new AbortController();
  const events: AvatarServiceEvent[] = [];
  const grant = createFakeGrant({
    avatar: { service: 'akool-chat-room', avatarId: 'kai', peer: 'server_8898', url: server.url, ticket: 'the-ticket', ticketExpiresAt: 4e12, keepIntervalMs: 30_000, endsAt: 4e12 },
  });
  const connect = () =>
    akoolChatRoom({ WebSocket: NodeSocket, ...options }).connect({ grant, params, clock, signal: controller.signal, room: async () => room, keepLease: null, onEvent: (event) => events.push(event) });
  const connectReady = () => {
    room.enter();
    return connect();
  };
  const questions = () => server.received.map((text) => JSON.parse(text)).map((frame) => ({ to: frame.to, ...JSON.parse(frame.payload) }));
  /** What the avatar's side sends in answer to the latest question, or to the one given. */
  const answer = (text: string, messageId = questions().at(-1)?.message_id, from = 'server_8898') =>
    server.send({ type: 'chat', from, to: 'client_8898', payload: JSON.stringify({ message_id: messageId, question: '', answer: text }) });
  const of = <Type extends AvatarServiceEvent['type']>(type: Type) => events.filter((event): event is Extract<AvatarServiceEvent, { type: Type }> => event.type === type);
  const said = () => of('transcript').filter(({ role }) => role === 'assistant').map(({ text, final }) => [text, final]);
  return { server, clock, room, controller, events, connect, connectReady, questions, answer, of, said };
}

describe('akoolChatRoom', () => {
  it('is ready when the socket is open and the avatar is in the room', async () => {
    const { connect, server, room, events, clock } = await setUp();
    const connecting = connect();
    await until(() => server.sockets.length === 1);
    server.send(RELAY_UPSTREAM_OPEN);
    room.enter();
    const connection = await connecting;
    expect(events).toEqual([{ type: 'connect' }, { type: 'join', channelId: 'fake-room' }]);
    expect(connection.info()).toMatchObject({ service: 'akool-chat-room', ready: true, avatarId: 'kai', channelId: 'fake-room', roundTripMs: null });
    await Promise.all([connection.close(), connection.close()]);
    await until(() => server.sockets[0]?.readyState === 3);
    expect([clock.pending, room.listenerCount, events.length]).toEqual([0, 0, 2]);
  });

  it('asks as the vendor documents it, and writes both sides down', async () => {
    const { connectReady, questions, answer, of, said, clock } = await setUp({ voiceId: 'v1', params: { language: 'de' } });
    const connection = await connectReady();
    await connection.sendText?.('Who are you?');
    await until(() => questions().length === 1);
    expect(questions()[0]).toEqual({
      to: 'server_8898', message_id: expect.any(String), voice_id: 'v1', voice_url: '', language: 'de', mode_type: 2, prompt: { from: 'text', content: '' }, question: 'Who are you?',
    });
    answer('I am ');
    answer('Kai.');
    answer('Not I.', 'x', 'server_1');
    await until(() => of('message').length === 3);
    await clock.advance(3_000);
    expect(of('transcript')[0]).toEqual({ type: 'transcript', role: 'user', text: 'Who are you?', final: true });
    expect(said()).toEqual([['I am ', false], ['I am Kai.', false], ['I am Kai.', true]]);
    expect(clock.pending).toBe(0);
  });

  it('sends the parameters with the next question, and refuses what no question can carry', async () => {
    const { connectReady, questions } = await setUp();
    const connection = await connectReady();
    await connection.setParams({ voiceId: 'v2', mode: 'retelling', voiceUrl: 'https://example.com/v.mp3' });
    await connection.sendText?.('Say this.');
    await until(() => questions().length === 1);
    expect(questions()[0]).toMatchObject({ voice_id: 'v2', voice_url: 'https://example.com/v.mp3', mode_type: 1, language: 'en' });
    for (const params of [{ speed: 1 }, { backgroundUrl: 'https://example.com/b.png' }, { speed: 9 }]) {
      await expect(connection.setParams(params)).rejects.toMatchObject({ reason: 'avatar-refused' });
    }
    await expect((await setUp({ params: { turnDetection: {} } })).connectReady()).rejects.toMatchObject({ reason: 'avatar-refused', context: { parameter: 'turnDetection' } });
  });

  it('says text in its retelling mode, one piece after the other', async () => {
    const { connectReady, questions, clock } = await setUp({ mode: 'retelling' });
    const connection = await connectReady();
    async function* text() {
      yield 'First sentence. And ';
      yield 'second.';
    }
    const saying = connection.sayText?.(text(), { signal: new AbortController().signal });
    await clock.advance(10_000);
    await saying;
    await until(() => questions().length === 2);
    expect(questions().map(({ question, mode_type }) => [question, mode_type])).toEqual([['First sentence.', 1], ['And second.', 1]]);
    await connection.setParams({ mode: 'dialogue' });
    await expect(connection.sayText?.(text(), { signal: new AbortController().signal })).rejects.toMatchObject({ reason: 'not-ready' });
  });

  it('keeps an interrupt pending until the next question, and drops what still comes of the old answers', async () => {
    const { connectReady, questions, answer, of, said, clock } = await setUp();
    const connection = await connectReady();
    await connection.sendText?.('Tell me a story.');
    await until(() => questions().length === 1);
    const old = questions()[0]?.message_id;
    answer('Once ');
    await until(() => of('message').length === 1);
    let settled = false;
    const interrupting = connection.interrupt().then(() => (settled = true));
    answer('upon a time.');
    await until(() => of('message').length === 2);
    await clock.advance(29_999);
    expect(settled).toBe(false);
    await connection.sendText?.('And now?');
    await interrupting;
    await until(() => questions().length === 2);
    answer(' The end.', old);
    answer('Yes?');
    await until(() => of('message').length === 4);
    expect(said()).toEqual([['Once ', false], ['Yes?', false]]);
    await connection.close();
    expect(clock.pending).toBe(0);
  });

  it('lets an interrupt end after 30 s, and with the connection', async () => {
    const { connectReady, clock } = await setUp();
    const connection = await connectReady();
    const first = outcome(connection.interrupt());
    await clock.advance(30_000);
    await expect(first).resolves.toBe('done');
    const second = outcome(connection.interrupt());
    await connection.close();
    await expect(second).resolves.toBe('done');
    expect(clock.pending).toBe(0);
  });

  it.each([
    [4401, 'ticket-refused', false],
    [4410, 'ticket-expired', true],
    [4429, 'rate-limited', true],
    [4502, 'avatar-unreachable', true],
    [4503, 'server-draining', true],
    [1009, 'message-too-large', false],
    [1011, 'connection-lost', true],
  ])('says what close code %i means, once', async (code, reason, retryable) => {
    const { connectReady, server, of, room, clock } = await setUp();
    const connection = await connectReady();
    server.sockets[0]?.close(code);
    await until(() => of('disconnect').length === 1);
    expect(of('disconnect')).toMatchObject([{ error: { reason, retryable }, unsentAudioMs: 0 }]);
    expect([clock.pending, room.listenerCount]).toEqual([0, 0]);
    await expect(connection.sendText?.('x')).rejects.toMatchObject({ reason: 'connection-lost' });
    await connection.close();
  });

  it('closes the socket when the avatar is gone, when it does not come, and when it is aborted', async () => {
    const gone = await setUp();
    await gone.connectReady();
    gone.room.emit({ type: 'disconnect', error: new AvatarError('channel-failed', { message: 'x' }) });
    expect(gone.of('disconnect')).toMatchObject([{ error: { reason: 'channel-failed' } }]);

    const late = await setUp();
    const waiting = outcome(late.connect());
    await until(() => late.server.sockets.length === 1);
    await late.clock.advance(45_000);
    await expect(waiting).resolves.toMatchObject({ reason: 'avatar-timeout' });

    const aborted = await setUp();
    const connecting = outcome(aborted.connect());
    await until(() => aborted.server.sockets.length === 1);
    aborted.controller.abort();
    await expect(connecting).resolves.toMatchObject({ name: 'AbortError' });

    for (const { server, clock, room } of [gone, late, aborted]) {
      await until(() => server.sockets.every((socket: ServerSocket) => socket.readyState === 3));
      expect([clock.pending, room.listenerCount]).toEqual([0, 0]);
    }
  });

  it('passes unknown frames on and reports damaged ones', async () => {
    const { connectReady, server, of, answer } = await setUp();
    await connectReady();
    for (const frame of ['{"type":"presence"}', 'nonsense', '{"type":"chat","payload":"{"}', '[]']) server.send(frame);
    answer('Hello.', 'unasked');
    await until(() => of('message').length === 3);
    expect(of('error').map(({ error }) => error.reason)).toEqual(['message-invalid', 'message-invalid']);
    expect(of('transcript')).toMatchObject([{ text: 'Hello.' }]);
  });

  it('asks the session route for the older interface', () => {
    expect(akoolChatRoom({ avatarId: 'kai', mode: 'retelling' }).grantRequest).toEqual({ service: 'akool-chat-room', avatarId: 'kai', mode: 'retelling' });
    expect(() => akoolChatRoom({ connectTimeoutMs: 0 })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });
});
