import { afterEach, describe, expect, it } from 'vitest';
import type { Grant } from '../../src/grant/grant.js';
import { RELAY_CLOSE, RELAY_UPSTREAM_OPEN } from '../../src/grant/relayProtocol.js';
import { encodeChatRoomQuestion } from '../../src/services/akool-live/chatRoom.js';
import { startFakeLiveVendor, type FakeLiveVendor } from './fakeLiveVendor.js';
import { eventually, startServer, type Browser, type ServerHarness } from './serverHarness.js';

let server: ServerHarness;
let live: FakeLiveVendor;
afterEach(async () => {
  await server.close();
  await live.close();
});

async function start(akoolLive: object = {}): Promise<void> {
  live = await startFakeLiveVendor();
  server = await startServer(() => ({ akoolLive: { apiKey: live.apiKey, baseUrl: live.baseUrl, defaultAvatarId: 'old', ...akoolLive } }));
}

/** A browser in the chat room of a session, when its relay socket has told that it is open. */
async function join(): Promise<{ grant: Grant; peer: string; browser: Browser }> {
  const grant = await server.grant({ service: 'akool-chat-room' });
  if (grant.avatar?.service !== 'akool-chat-room') throw new Error('No chat room was granted.');
  const browser = server.open(grant);
  await eventually(() => browser.received.includes(RELAY_UPSTREAM_OPEN));
  return { grant, peer: grant.avatar.peer, browser };
}

const question = (peer: string) => encodeChatRoomQuestion(peer, { messageId: 'm1', question: 'Who are you?', mode: 2, voiceId: 'v', language: 'de', prompt: { from: 'url', content: 'https://evil.example.com/50mb.pdf' } });
const atVendor = () => live.chats[0]?.received.map((text) => JSON.parse(text) as { type: string; to: string; payload: string }) ?? []; // Test input.

describe('the chat room of version 3', () => {
  it('is reached through a ticket, and its address is told to nobody', async () => {
    await start();
    const { grant, peer } = await join();
    expect(peer).toBe('server_vs1');
    expect(grant.channel).toMatchObject({ kind: 'loopback', channel: 'room-vs1', uid: 77 });
    expect(grant.channel).not.toHaveProperty('avatarUid');
    expect(live.sessions[0]?.body).toEqual({ avatar_id: 'old', stream_type: 'agora' });
    expect(live.chats[0]?.path).toBe('/chat/client_vs1.chat');
    expect(JSON.stringify(live.chats[0]?.headers)).not.toContain(live.apiKey);
    const told = JSON.stringify(grant) + JSON.stringify(server.logs);
    expect(told).not.toMatch(/client_vs1|\/chat\//);
    expect(told).not.toContain(live.apiKey);
    const { ticket = '' } = grant.avatar?.service === 'akool-chat-room' ? grant.avatar : {};
    expect(JSON.stringify(server.logs)).not.toContain(ticket);
  });

  it('carries a question written anew, with the prompt of the server alone', async () => {
    await start({ prompt: { from: 'text', content: 'You are Ava.' } });
    const { peer, browser } = await join();
    const sent = JSON.parse(question(peer)) as { payload: string }; // Test input.
    browser.send({ ...sent, extra: 1, payload: JSON.stringify({ ...(JSON.parse(sent.payload) as object), knowledge_id: 'k' }) });
    await eventually(() => atVendor().length === 1);
    const [frame] = atVendor();
    expect(Object.keys(frame ?? {})).toEqual(['type', 'to', 'payload']);
    expect(JSON.parse(frame?.payload ?? '')).toEqual({
      message_id: 'm1', voice_id: 'v', voice_url: '', language: 'de', mode_type: 2, question: 'Who are you?', prompt: { from: 'text', content: 'You are Ava.' },
    });
  });

  it.each<[string, (peer: string) => string | Buffer]>([
    ['for another', () => question('server_1')],
    ['that is no JSON', () => 'hello'],
    ['of another type', (peer) => JSON.stringify({ ...(JSON.parse(question(peer)) as object), type: 'command' })],
    ['whose payload is an object', (peer) => JSON.stringify({ type: 'chat', to: peer, payload: { message_id: 'm', question: 'q' } })],
    ['without a question', (peer) => JSON.stringify({ type: 'chat', to: peer, payload: '{"message_id":"m"}' })],
    ['that is too long', (peer) => encodeChatRoomQuestion(peer, { messageId: 'm', question: 'x'.repeat(40_000), mode: 1 })],
    ['in bytes', (peer) => Buffer.from(question(peer))],
  ])('never sees a message %s; the page is told, and goes on', async (_case, make) => {
    await start();
    const { peer, browser } = await join();
    browser.socket.send(make(peer));
    await eventually(() => browser.received.length === 2);
    expect(JSON.parse(browser.received[1] ?? '')).toMatchObject({ type: 'error', code: RELAY_CLOSE.badRequest });
    browser.send(question(peer));
    await eventually(() => atVendor().length === 1);
    expect(atVendor()).toMatchObject([{ to: peer }]);
  });

  it('brings answers back without the secrets that they may hold', async () => {
    await start();
    const { browser } = await join();
    const answer = { type: 'chat', from: 'server_vs1', to: 'client_vs1', payload: '{"message_id":"m1","answer":"I am Ava."}' };
    live.chats[0]?.socket.send(JSON.stringify({ ...answer, debug: `${live.apiKey} ${live.chatBase}/client_vs1.chat` }));
    await eventually(() => browser.received.length === 2);
    expect(JSON.parse(browser.received[1] ?? '')).toEqual({ ...answer, debug: '[redacted] [redacted]' });
  });

  it('is left when the page goes, and its loss is told to a page that is there', async () => {
    await start();
    const first = await join();
    first.browser.socket.close();
    await eventually(() => live.chats[0]?.socket.readyState === 3 && server.relay.connections === 0);
    const second = await join();
    live.chats[1]?.socket.close(4401, 'SECRET');
    expect(await second.browser.closed).toEqual({ code: RELAY_CLOSE.upstreamUnreachable, reason: 'The connection to the chat room was lost.' });
  });

  it('is found again by a renewed grant, and closed with its session', async () => {
    await start();
    const { grant, browser } = await join();
    browser.socket.close();
    const response = await server.post('/session/renew', { renewal: grant.renewal });
    const again = (await response.json()) as Grant; // Matched below.
    expect(again).toMatchObject({ avatar: { service: 'akool-chat-room', peer: 'server_vs1' }, channel: { channel: 'room-vs1' } });
    const next = server.open(again);
    await eventually(() => next.received.includes(RELAY_UPSTREAM_OPEN));
    expect(live.sessions).toHaveLength(1);
    await server.post('/session/end', { renewal: again.renewal });
    expect(live.open()).toEqual([]);
    expect(await server.open(again).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
  });
});

it('stands beside streaming, which is what a request without a wish gets', async () => {
  await start();
  expect((await server.grant()).avatar?.service).toBe('akool-streaming');
  expect((await server.grant({ service: 'akool-live' })).avatar?.service).toBe('akool-live');
});

it('closes a session whose page hangs up on a real connection', async () => {
  await start();
  const page = new AbortController();
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  live.intercept = async ({ name }) => {
    if (name !== 'create') return undefined;
    page.abort();
    await held;
    return undefined;
  };
  const asked = fetch(`${server.baseUrl}/session`, { method: 'POST', body: '{"service":"akool-live"}', signal: page.signal });
  await expect(asked).rejects.toThrow();
  release();
  await eventually(() => live.sessions.length === 1 && live.open().length === 0);
});
