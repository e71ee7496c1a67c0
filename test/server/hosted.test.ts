import { afterEach, describe, expect, it } from 'vitest';
import { createAvatarHandler } from '../../src/server.js';
import { ROOM_TOKEN } from './fakeLiveVendor.js';
import { LOOPBACK_URL, startHosted, type HostedHarness } from './hostedHarness.js';
import { readAgoraToken } from './readAgoraToken.js';
import { SECRET } from './serverHarness.js';

let server: HostedHarness;
const start = async (...args: Parameters<typeof startHosted>): Promise<HostedHarness> => (server = await startHosted(...args));
afterEach(() => server.close());

const AGORA = { kind: 'agora', appId: 'a'.repeat(32), certificate: 'b'.repeat(32) } as const;

describe('a hosted session', () => {
  it('is granted at once, while the avatar is still queueing, in a room of ours', async () => {
    await start();
    const grant = await server.grant({ service: 'akool-live', voiceId: 'v1', language: 'en', backgroundUrl: 'https://example.com/a.png', mode: 'dialogue' });
    const now = server.clock.epochMs();
    expect(grant.avatar).toEqual({ service: 'akool-live', avatarId: 'ava', keepIntervalMs: 30_000, endsAt: now + 600_000 });
    expect(grant.channel).toMatchObject({ kind: 'loopback', url: LOOPBACK_URL, appId: 'loopback' });
    const [session] = server.vendor.sessions;
    expect(session?.body).toMatchObject({
      avatar_id: 'ava', voice_id: 'v1', language: 'en', background_url: 'https://example.com/a.png', mode_type: 2, duration: 600, stream_type: 'agora',
      credentials: { agora_uid: grant.channel.avatarUid, agora_channel: grant.channel.channel, agora_app_id: 'loopback' },
    });
    expect(grant.channel.uid).not.toBe(grant.channel.avatarUid);
    expect(server.vendor.calls.map(({ name }) => name)).toEqual(['create']);
  });

  it('keeps the avatar\'s token from the browser, and every key from grant and log', async () => {
    await start(() => ({ channel: AGORA }));
    const grant = await server.grant();
    const { agora_token: avatarToken } = server.vendor.sessions[0]?.body['credentials'] as { agora_token: string }; // Test input.
    for (const secret of [avatarToken, server.vendor.apiKey, AGORA.certificate, SECRET, '"vs1"']) expect(JSON.stringify(grant)).not.toContain(secret);
    for (const secret of [avatarToken, server.vendor.apiKey, grant.renewal, grant.channel.token]) expect(JSON.stringify(server.logs)).not.toContain(secret);
    expect(server.logs.map(({ event }) => event)).toEqual(['hosted-open', 'session-grant']);
  });

  it('lets the browser publish its microphone into a room of ours, and the avatar stay as long as the session may last', async () => {
    await start(() => ({ channel: AGORA, channelTokenTtlMs: 60_000 }));
    const grant = await server.grant();
    const viewer = readAgoraToken(grant.channel.token);
    const { agora_token: token } = server.vendor.sessions[0]?.body['credentials'] as { agora_token: string }; // Test input.
    // Privilege 2 is to publish sound.
    expect(viewer.privileges[2]).toBe(60);
    expect(viewer.expireSeconds).toBe(60);
    expect(readAgoraToken(token).expireSeconds).toBe(600);
  });

  it('uses the vendor\'s room where there is none of ours, and says not who is the avatar', async () => {
    await start(() => ({ channel: undefined }));
    const { channel } = await server.grant();
    expect(channel).toEqual({ kind: 'agora', appId: 'vendor-app', channel: 'room-vs1', token: ROOM_TOKEN, uid: 77, tokenExpiresAt: server.clock.epochMs() + 300_000 });
  });

  it('finds the rooms of an emulated vendor where ours are', async () => {
    await start(() => ({ akoolLive: { room: 'vendor' } }));
    expect((await server.grant()).channel).toMatchObject({ kind: 'loopback', channel: 'room-vs1', url: LOOPBACK_URL });
  });

  it('takes knowledge and length from the server alone', async () => {
    await start(() => ({ akoolLive: { session: { knowledgeId: 'ours', durationSeconds: 120, mode: 'retelling', voiceId: 'v0' } } }));
    await server.grant({ knowledgeId: 'theirs', durationSeconds: 3_600, duration: 3_600, sceneMode: 'meeting', voiceId: 'v1' });
    expect(server.vendor.sessions[0]?.body).toMatchObject({ knowledge_id: 'ours', duration: 120, mode_type: 1, voice_id: 'v1' });
    expect(server.vendor.sessions[0]?.body).not.toHaveProperty('scene_mode');
  });

  it('lasts no longer than a session may', async () => {
    await start(() => ({ maxSessionMs: 90_000 }));
    expect((await server.grant()).avatar.endsAt).toBe(server.clock.epochMs() + 90_000);
    expect(server.vendor.sessions[0]?.body).toMatchObject({ duration: 90 });
  });

  it.each([
    ['a mode of the vendor\'s own', { mode: 'puppet' }],
    ['a background that is no web address', { backgroundUrl: 'file:///etc/passwd' }],
    ['a language that is none', { language: 'en"; x' }],
    ['an unknown service', { service: 'akool-dead' }],
  ])('is refused with %s, without a word to the vendor', async (_case, body) => {
    await start();
    expect(await server.refusal('/session', body)).toMatchObject({ status: 400, reason: 'invalid-options' });
    expect(server.vendor.calls).toEqual([]);
  });

  it('is refused by whoever may not: a stranger, another avatar, an interface that is not offered', async () => {
    await start(() => ({ akoolLive: { api: 'v4' }, authorize: (request) => (request.headers.has('x-no') ? null : { id: 'ada', allowedAvatars: ['ava'] }) }));
    expect((await server.post('/session', {}, { headers: { 'x-no': '1' } })).status).toBe(401);
    expect(await server.refusal('/session', { avatarId: 'zoe' })).toMatchObject({ reason: 'not-authorized' });
    expect(await server.refusal('/session', { service: 'akool-chat-room' })).toMatchObject({ reason: 'server-misconfigured' });
    expect(await server.refusal('/session', { service: 'akool-streaming' })).toMatchObject({ reason: 'server-misconfigured' });
    expect(server.vendor.calls).toEqual([]);
  });

  it.each([
    [1215, 503, 'avatar-busy', true],
    [1214, 503, 'avatar-busy', true],
    [1104, 502, 'quota-exceeded', false],
    [1008, 404, 'not-found', false],
    [1101, 502, 'key-rejected', false],
    [1005, 429, 'rate-limited', true],
  ])('passes on what the vendor means by %i', async (code, status, reason, retryable) => {
    await start();
    server.vendor.intercept = () => ({ code, msg: `no: ${server.vendor.apiKey}` });
    expect(await server.refusal('/session')).toEqual({ status, reason, retryable });
    expect(JSON.stringify(server.logs)).not.toContain(server.vendor.apiKey);
  });
});

describe('a session that nobody will use is closed:', () => {
  it('one whose page hung up while it was being opened', async () => {
    await start();
    const page = new AbortController();
    server.vendor.intercept = ({ name }) => (name === 'create' ? (page.abort(), undefined) : undefined);
    const response = await server.post('/session', {}, { signal: page.signal });
    expect(response.status).toBe(499);
    expect(server.vendor.sessions).toMatchObject([{ isClosed: true }]);
    expect(server.logs.map(({ event }) => event)).not.toContain('request-fail');
    expect(server.vendor.calls.at(-1)).toEqual({ name: 'close', body: { id: 'vs1' } });
  });

  it.each([
    ['no room', () => ({ code: 1000, data: { _id: 'vs1', status: 1 } })],
    ['a room of another network', () => ({ code: 1000, data: { _id: 'vs1', status: 1, credentials: { livekit_url: 'wss://x', livekit_token: 't' } } })],
    ['nobody to join as', () => ({ code: 1000, data: { _id: 'vs1', status: 1, credentials: { agora_uid: 0, agora_app_id: 'a', agora_channel: 'c', agora_token: 't' } } })],
  ])('one that the vendor opened with %s', async (_case, answer) => {
    await start(() => ({ channel: undefined }));
    server.vendor.intercept = ({ name }) => (name === 'create' ? answer() : undefined);
    expect(await server.refusal('/session')).toMatchObject({ reason: 'message-invalid' });
    expect(server.vendor.calls.map(({ name }) => name)).toEqual(['create', 'close']);
  });

  it('one that the ledger could not note', async () => {
    await start();
    const { ledger } = server;
    const refuse = async () => Promise.reject(new Error('redis://user:password@host'));
    const tryWith = async (note: typeof ledger.vendorSessions.note): Promise<void> => {
      const handler = createAvatarHandler({ ...server.options, ledger: { ...ledger, vendorSessions: { ...ledger.vendorSessions, note } } });
      const response = await handler(new Request('https://app.example.com/session', { method: 'POST', body: '{}' }));
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('password');
    };
    await tryWith(async (session) => (session.vendorId === 'vs1' ? refuse() : ledger.vendorSessions.note(session)));
    expect(server.vendor.sessions).toMatchObject([{ isClosed: true }]);
    // Without a ledger nothing is opened at all.
    await tryWith(refuse);
    expect(server.vendor.sessions).toHaveLength(1);
  });

  it('one of version 3 whose chat room cannot be read, or is where the server may not go', async () => {
    await start();
    server.vendor.intercept = ({ name }) => (name === 'create' ? { code: 1000, data: { _id: 'odd' } } : undefined);
    expect(await server.refusal('/session', { service: 'akool-chat-room' })).toMatchObject({ reason: 'message-invalid' });
    expect(server.vendor.calls.at(-1)).toEqual({ name: 'close', body: { id: 'odd' } });
    server.vendor.intercept = () => undefined;
    for (const base of ['ws://10.0.0.1', 'wss://169.254.169.254', 'http://127.0.0.1', 'wss://[::ffff:10.0.0.1]', 'wss://user@chat.example.com']) {
      server.vendor.chatBase = base;
      expect(await server.refusal('/session', { service: 'akool-chat-room' })).toMatchObject({ reason: expect.stringMatching(/server-misconfigured|message-invalid/) });
    }
    expect(server.vendor.sessions).toHaveLength(5);
    expect(server.vendor.open()).toEqual([]);
  });
});

describe('the option akoolLive', () => {
  const refuse = (change: object): (() => unknown) => () => createAvatarHandler({ ...server.options, ...change }); // Wrong on purpose.
  const live = (change: object) => ({ akoolLive: { apiKey: 'k', ...change } });

  it.each<[string, object, RegExp]>([
    ['a key with a blank', live({ apiKey: 'a b' }), /apiKey is missing or holds blanks/],
    ['no key', { akoolLive: {} }, /clientId is missing/],
    ['a room of its own without a channel', { ...live({ room: 'own' }), channel: undefined }, /needs the option channel/],
    ['an unknown room', live({ room: 'mine' }), /akoolLive\.room/],
    ['an unknown interface', live({ api: 'v5' }), /akoolLive\.api/],
    ['a length over an hour', live({ session: { durationSeconds: 3_601 } }), /akoolLive\.session\.durationSeconds/],
    ['a misspelt part of session', live({ session: { knowledge: 'k' } }), /akoolLive\.session/],
    ['a room inside session', live({ session: { stream: { type: 'agora' } } }), /no avatarId and no stream/],
    ['a lease that one late page loses', live({ leaseMs: 30_000 }), /akoolLive\.leaseMs/],
    ['an address that is none', live({ baseUrl: 'ftp://x' }), /akoolLive\.baseUrl/],
  ])('is refused with %s', async (_case, change, message) => {
    await start();
    expect(refuse(change)).toThrow(message);
  });

  it('tells nothing of itself on the health route', async () => {
    await start();
    const response = await server.handler(new Request('https://app.example.com/health'));
    expect(await response.json()).toEqual({ ok: true });
  });
});
