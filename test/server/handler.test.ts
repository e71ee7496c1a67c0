import { afterEach, describe, expect, it } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { AvatarError, createAvatarHandler, createMemoryLedger, type AvatarServerOptions } from '../../src/server.js';
import { instance } from './fakeVendor.js';
import { ORIGIN, SECRET, admissionOf, startServer, type ServerHarness } from './serverHarness.js';

let server: ServerHarness;
const start = async (...args: Parameters<typeof startServer>): Promise<ServerHarness> => (server = await startServer(...args));
afterEach(() => server.close());

/** Status and reason of a refusal. */
async function refusal(response: Response): Promise<{ status: number; reason: unknown; text: string }> {
  const text = await response.text();
  const body = JSON.parse(text) as { error: { reason: string; message: string; retryable: boolean } }; // Test input.
  expect(Object.keys(body.error)).toEqual(['reason', 'message', 'retryable']);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, reason: body.error.reason, text };
}

describe('POST /session', () => {
  it('grants short-lived credentials and nothing else', async () => {
    await start();
    const before = Date.now();
    const response = await server.post('/session', { avatarId: 'ava', sessionId: 'my-session' });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    const text = await response.text();
    const grant: unknown = JSON.parse(text);
    expect(grant).toMatchObject({
      version: 1,
      sessionId: 'my-session',
      renewal: expect.stringMatching(/^[\w.-]+$/),
      avatar: { service: 'akool-streaming', avatarId: 'ava', url: `${server.baseUrl.replace('http', 'ws')}/relay`, ticket: expect.stringMatching(/^[\w.-]+$/) },
      channel: { kind: 'loopback', url: 'ws://127.0.0.1:9/channel' },
    });
    const { avatar, expiresAt } = grant as { avatar: { ticketExpiresAt: number }; expiresAt: number }; // Matched above.
    expect(avatar.ticketExpiresAt).toBeGreaterThanOrEqual(before + 60_000);
    expect(expiresAt).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(text).not.toContain(server.vendor.apiKey);
    expect(text).not.toContain(String(server.vendor.port));
  });

  it('asks discovery as the vendor wants it: fixed path, key header, no group', async () => {
    await start();
    await server.grant();
    expect(server.vendor.discoveryRequests).toMatchObject([{ url: '/streamingAvatar/service_status', headers: { api_key: server.vendor.apiKey } }]);
  });

  it('names the test group only when told to', async () => {
    await start(({ akool }) => ({ akool: { ...akool, env: 'test' } }));
    await server.grant();
    expect(server.vendor.discoveryRequests[0]?.url).toBe('/streamingAvatar/service_status?group_name=WEBSOCKET_GROUP_TEST');
  });

  it.each([
    ['a foreign origin', { origin: 'https://evil.example.com' }],
    ['a look-alike origin', { origin: `${ORIGIN}.evil.com` }],
    ['an opaque origin', { origin: 'null' }],
    ['another scheme', { origin: ORIGIN.replace('https', 'http') }],
  ])('refuses %s before it asks who it is, and tells that page nothing', async (_case, headers) => {
    let asked = 0;
    await start(() => ({ authorize: () => ((asked += 1), { id: 'ada' }) }));
    const response = await server.post('/session', {}, headers);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await refusal(response)).toMatchObject({ status: 403, reason: 'origin-refused' });
    expect(asked).toBe(0);
  });

  it('lets a caller without Origin through to authorize, unless a browser says that it comes from elsewhere', async () => {
    await start();
    const call = (headers: Record<string, string>) => fetch(`${server.baseUrl}/session`, { method: 'POST', headers });
    expect((await call({})).status).toBe(201);
    expect((await call({ authorization: 'Bearer nobody' })).status).toBe(401);
    expect((await call({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('refuses whom authorize does not know, without a word to the vendor', async () => {
    await start();
    const response = await server.post('/session', {}, { authorization: 'Bearer nobody' });
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(await refusal(response)).toMatchObject({ status: 401, reason: 'not-authorized' });
    expect(server.vendor.discoveryRequests).toHaveLength(0);
  });

  it('tells nothing of what went wrong inside authorize, but passes its AvatarError on', async () => {
    await start(() => ({
      authorize: (request) => {
        if (request.headers.get('x-case') === 'limit') throw new AvatarError('rate-limited', { message: 'One at a time.' });
        throw new Error('postgres://user:password@db');
      },
    }));
    const broken = await refusal(await server.post('/session', {}));
    expect(broken).toMatchObject({ status: 500, reason: 'server-misconfigured' });
    expect(broken.text + JSON.stringify(server.logs)).not.toContain('password');
    expect(await refusal(await server.post('/session', {}, { 'x-case': 'limit' }))).toMatchObject({ status: 429, reason: 'rate-limited' });
  });

  it('lets authorize read the body', async () => {
    await start(() => ({ authorize: async (request) => ((await request.text()).includes('human') ? { id: 'ada' } : null) }));
    expect((await server.post('/session', { proof: 'human' })).status).toBe(201);
    expect((await server.post('/session', { proof: 'robot' })).status).toBe(401);
  });

  it('grants only avatars that the subject may use', async () => {
    await start(() => ({ authorize: () => ({ id: 'ada', allowedAvatars: ['zoe'] }) }));
    expect(await refusal(await server.post('/session', { avatarId: 'ava' }))).toMatchObject({ status: 401, reason: 'not-authorized' });
    expect((await server.grant()).avatar?.avatarId).toBe('zoe');
  });

  it.each([
    ['no JSON', '{'],
    ['an array', '[]'],
    ['a session id with a slash', { sessionId: 'a/b' }],
    ['a session id that is too long', { sessionId: 'a'.repeat(65) }],
    ['an avatar id with a query', { avatarId: 'a&api_key=x' }],
    ['an unknown service', { service: 'other' }],
  ])('refuses %s', async (_case, body) => {
    await start();
    expect(await refusal(await server.post('/session', body))).toMatchObject({ status: 400, reason: 'invalid-options' });
  });

  it('refuses a large body, also one that does not say how large it is', async () => {
    await start();
    const large = JSON.stringify({ avatarId: 'a'.repeat(20_000) });
    expect(await refusal(await server.post('/session', large))).toMatchObject({ status: 413, reason: 'message-too-large' });
    const stream = new Blob([large]).stream();
    const chunked = new Request(`${server.baseUrl}/session`, { method: 'POST', body: stream, duplex: 'half' } as RequestInit); // `duplex` is missing from the DOM's types.
    expect((await createAvatarHandler(server.options)(chunked)).status).toBe(413);
  });

  it('limits how often one subject may ask', async () => {
    await start(() => ({ limits: { maxGrantsPerMinute: 2 }, authorize: (request) => ({ id: request.headers.get('x-user') ?? 'ada' }) }));
    await server.post('/session', {});
    await server.post('/session', {});
    const third = await server.post('/session', {});
    expect(third.headers.get('retry-after')).toBe('60');
    expect(await refusal(third)).toMatchObject({ status: 429, reason: 'rate-limited' });
    expect((await server.post('/session', {}, { 'x-user': 'bob' })).status).not.toBe(429);
  });
});

describe('discovery', () => {
  const withInstances = (...instances: unknown[]) => () => ({ status: 200, body: { code: 1000, msg: 'OK', data: { instances } } });

  it.each([
    ['a wrong key by status', { status: 401, body: 'bad key SECRET-TEXT' }, 502, 'key-rejected'],
    ['a wrong key by code', { status: 200, body: { code: 4001, msg: 'SECRET-TEXT' } }, 502, 'key-rejected'],
    ['every node taken', { status: 200, body: { code: 4003, msg: 'SECRET-TEXT' } }, 503, 'avatar-busy'],
    ['another code', { status: 200, body: { code: 5000, msg: 'SECRET-TEXT' } }, 503, 'discovery-failed'],
    ['too soon', { status: 200, body: { code: 4004, msg: 'SECRET-TEXT' } }, 503, 'reconnect-too-soon'],
    ['an error status', { status: 500, body: 'SECRET-TEXT' }, 503, 'discovery-failed'],
    ['no JSON', { status: 200, body: '<SECRET-TEXT>' }, 503, 'discovery-failed'],
    ['a body without nodes', { status: 200, body: { code: 1000, data: {} } }, 503, 'discovery-failed'],
    ['an empty list', { status: 200, body: { code: 1000, data: { instances: [] } } }, 503, 'no-avatar-available'],
    ['a README-style failure', { status: 200, body: { success: false, data: { services: [] } } }, 503, 'discovery-failed'],
  ])('turns %s into a reason, without the vendor\'s words', async (_case, answer, status, reason) => {
    await start();
    server.vendor.discovery = () => answer;
    const refused = await refusal(await server.post('/session', {}));
    expect(refused).toMatchObject({ status, reason });
    expect(refused.text + JSON.stringify(server.logs)).not.toMatch(/SECRET-TEXT|vendor-key/);
  });

  it('follows no redirect, which would carry the key away', async () => {
    const other = await startServer();
    await start(({ akool }, vendor) => ({ akool: { ...akool, discoveryUrl: vendor.discoveryUrl } }));
    const location = `http://127.0.0.1:${other.vendor.port}/streamingAvatar/service_status`;
    server.vendor.discovery = () => ({ status: 302, body: '', location });
    expect(await refusal(await server.post('/session', {}))).toMatchObject({ status: 503, reason: 'discovery-failed' });
    expect(other.vendor.discoveryRequests).toHaveLength(0);
    await other.close();
  });

  it('gives up on a vendor that does not answer', async () => {
    await start(({ akool }) => ({ akool: { ...akool, discoveryTimeoutMs: 30 } }));
    server.vendor.discovery = () => 'hang';
    expect(await refusal(await server.post('/session', {}))).toMatchObject({ status: 503, reason: 'discovery-failed' });
  });

  it('reads the README\'s shape as well', async () => {
    await start();
    server.vendor.discovery = () => ({ status: 200, body: { success: true, data: { services: [{ host: '127.0.0.1', port: server.vendor.port, status: 'active' }] } } });
    expect((await server.post('/session', {})).status).toBe(201);
  });

  it('takes an IPv6 node with or without brackets', async () => {
    await start();
    const { port } = server.vendor;
    for (const ip of ['::1', '[::1]']) {
      server.vendor.discovery = withInstances(instance(port, { ip }));
      const browser = server.open(await server.grant());
      // Nothing listens there: what counts is that it was tried.
      expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.upstreamUnreachable });
    }
  });

  it('passes over nodes that are unhealthy, taken, or unreadable', async () => {
    await start();
    const { port } = server.vendor;
    server.vendor.discovery = withInstances({ odd: true }, null, instance(1, { healthy: false }), instance(2, { status: 'occupied' }), instance(70_000), instance(port));
    const browser = server.open(await server.grant());
    await browser.until((message) => message['type'] === 'system');
    server.vendor.discovery = withInstances(instance(1, { healthy: false }), instance(2, { status: 'occupied' }));
    expect(await refusal(await server.post('/session', {}))).toMatchObject({ status: 503, reason: 'no-avatar-available' });
  });

  it('does not give a node that was just promised to a second browser', async () => {
    await start();
    const grant = await server.grant();
    expect(await refusal(await server.post('/session', {}))).toMatchObject({ status: 503, reason: 'no-avatar-available' });
    await server.post('/session/end', { renewal: grant.renewal });
    expect((await server.post('/session', {})).status).toBe(201);
  });

  it('refuses nodes inside the network, and says so to the operator alone', async () => {
    await start();
    server.vendor.discovery = withInstances(instance(80, { ip: '169.254.169.254' }), instance(80, { ip: '10.0.0.1' }));
    const refused = await refusal(await server.post('/session', {}));
    expect(refused).toMatchObject({ status: 503, reason: 'no-avatar-available' });
    expect(refused.text).not.toContain('allowedHosts');
    expect(server.logs).toContainEqual(expect.objectContaining({ event: 'node-refuse', context: { refused: 2, permitted: 0 } }));
  });

  it('prefers nodes that have not failed, then those that hold the avatar', async () => {
    const ledger = createMemoryLedger();
    await start(() => ({ ledger }));
    const { port } = server.vendor;
    server.vendor.discovery = withInstances(instance(1, { avatar_id: 'other' }), instance(port, { avatar_id: 'ava' }), instance(2, { avatar_id: 'ava' }));
    await ledger.reportNode('127.0.0.1:2', { kind: 'failure' });
    const browser = server.open(await server.grant());
    await browser.until((message) => message['type'] === 'system');
    expect(server.vendor.sockets).toHaveLength(1);
  });
});

describe('POST /session/renew and /session/end', () => {
  it('gives a fresh channel token alone while the only node is taken by this very session', async () => {
    await start();
    const grant = await server.grant();
    server.vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(server.vendor.port, { status: 'occupied' })] } } });
    expect(await refusal(await server.post('/session/renew', { renewal: grant.renewal }))).toMatchObject({ status: 503, reason: 'no-avatar-available' });
    const response = await server.post('/session/renew', { renewal: grant.renewal, needs: 'channel' });
    expect(response.status).toBe(200);
    const fresh = (await response.json()) as Partial<typeof grant>; // Test input.
    expect(fresh).toMatchObject({ sessionId: grant.sessionId, channel: { channel: grant.channel?.channel, uid: grant.channel?.uid, avatarUid: grant.channel?.avatarUid } });
    expect(fresh).not.toHaveProperty('avatar');
    // The new pass still knows the session's node and can renew the whole.
    server.vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(server.vendor.port)] } } });
    expect((await server.post('/session/renew', { renewal: fresh.renewal })).status).toBe(200);
  });

  it('moves a session to another node when there is one', async () => {
    await start();
    const grant = await server.grant();
    const { port } = server.vendor;
    const second = await startServer();
    server.vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(port), instance(second.vendor.port, { avatar_id: 'other' })] } } });
    second.vendor.onSocket = ({ socket }) => socket.send('{"type":"system","hello":"second"}');
    const response = await server.post('/session/renew', { renewal: grant.renewal, reason: 'connection-lost' });
    expect(response.status).toBe(200);
    server.open((await response.json()) as typeof grant); // Test input.
    await expect.poll(() => second.vendor.sockets.length).toBe(1);
    expect(server.vendor.sockets).toHaveLength(0);
    await server.relay.close();
    await second.close();
  });

  it('refuses a pass of somebody else, of another page, forged, or of another purpose', async () => {
    await start(() => ({ allowedOrigins: [ORIGIN, 'https://b.example.com'], authorize: (request) => ({ id: request.headers.get('x-user') ?? 'ada' }) }));
    const grant = await server.grant();
    const { renewal = '' } = grant;
    const renew = async (pass: string, headers = {}) => refusal(await server.post('/session/renew', { renewal: pass }, headers));
    expect(await renew(renewal, { 'x-user': 'bob' })).toMatchObject({ status: 401, reason: 'not-authorized' });
    expect(await renew(renewal, { origin: 'https://b.example.com' })).toMatchObject({ status: 401, reason: 'ticket-refused' });
    expect(await renew(admissionOf(grant).ticket)).toMatchObject({ status: 401, reason: 'ticket-refused' });
    const middle = renewal.length / 2;
    expect(await renew(renewal.slice(0, middle) + (renewal[middle] === 'A' ? 'B' : 'A') + renewal.slice(middle + 1))).toMatchObject({ reason: 'ticket-refused' });
    expect((await server.post('/session/renew', { renewal })).status).toBe(200);
  });

  it('asks authorize again', async () => {
    await start();
    const { renewal } = await server.grant();
    expect((await server.post('/session/renew', { renewal }, { authorization: 'Bearer nobody' })).status).toBe(401);
  });

  it('refuses an ended session, ended by a beacon with text/plain, twice', async () => {
    await start();
    const { renewal } = await server.grant();
    for (let times = 0; times < 2; times += 1) {
      const ended = await server.post('/session/end', { renewal }, { 'content-type': 'text/plain;charset=UTF-8' });
      expect([ended.status, await ended.text()]).toEqual([204, '']);
    }
    expect(await refusal(await server.post('/session/renew', { renewal }))).toMatchObject({ status: 410, reason: 'session-ended' });
  });

  it('does not renew past the longest session', async () => {
    let now = Date.now();
    const clock = { now: () => performance.now(), epochMs: () => now, schedule: (task: () => void, ms: number) => { const timer = setTimeout(task, ms); return () => clearTimeout(timer); } };
    await start(() => ({ clock, ledger: createMemoryLedger({ clock }), sessionTtlMs: 60_000, maxSessionMs: 90_000 }));
    const first = await server.grant();
    now += 50_000;
    const second = (await (await server.post('/session/renew', { renewal: first.renewal })).json()) as typeof first; // Test input.
    expect(second.expiresAt).toBe(first.expiresAt + 30_000);
    now += 40_000;
    expect(await refusal(await server.post('/session/renew', { renewal: second.renewal }))).toMatchObject({ status: 410, reason: 'session-ended' });
    expect((await server.post('/session/end', { renewal: second.renewal })).status).toBe(204);
  });
});

describe('routes', () => {
  it('answers health, preflights of allowed pages, and unknown paths', async () => {
    await start();
    const health = await fetch(`${server.baseUrl}/health`);
    expect([health.status, await health.json(), health.headers.get('cache-control')]).toEqual([200, { ok: true }, 'no-store']);
    const preflight = (origin: string) =>
      fetch(`${server.baseUrl}/session`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });
    const allowed = await preflight(ORIGIN);
    expect([allowed.status, allowed.headers.get('access-control-allow-origin'), allowed.headers.get('access-control-allow-headers')]).toEqual([204, ORIGIN, 'content-type']);
    expect(allowed.headers.get('cache-control')).toBe('no-store');
    expect((await preflight('https://evil.example.com')).status).toBe(403);
    expect((await server.post('/other', {})).status).toBe(404);
    const wrong = await fetch(`${server.baseUrl}/session`);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  it('works under any prefix and behind a proxy that ends TLS', async () => {
    await start();
    const handler = createAvatarHandler(server.options);
    const ask = async (url: string) => (await (await handler(new Request(url, { method: 'POST', headers: { origin: ORIGIN } }))).json()) as { avatar: { url: string } }; // Test input.
    expect((await ask('http://app.example.com/deep/er/session/')).avatar.url).toBe('wss://app.example.com/deep/er/relay');
  });
});

describe('options', () => {
  const valid: AvatarServerOptions = {
    secret: SECRET,
    authorize: () => null,
    allowedOrigins: [ORIGIN],
    akool: { apiKey: 'key' },
    channel: { kind: 'loopback', url: 'ws://127.0.0.1:1/channel' },
  };
  const agora = { kind: 'agora', appId: '0'.repeat(32), certificate: '0'.repeat(32) } as const;

  it.each<[string, object, RegExp]>([
    ['a short secret', { secret: 'short' }, /secret has 5 bytes/],
    ['no secret', { secret: undefined }, /secret has 0 bytes/],
    ['no authorize', { authorize: undefined }, /authorize is missing/],
    ['any origin', { allowedOrigins: ['*'] }, /no exact origin/],
    ['an origin with a path', { allowedOrigins: [`${ORIGIN}/`] }, /no exact origin/],
    ['the opaque origin', { allowedOrigins: ['null'] }, /no exact origin/],
    ['no key', { akool: {} }, /apiKey is missing/],
    ['a key that would break the header', { akool: { apiKey: 'a\r\nx: y' } }, /apiKey/],
    ['message forms that nobody speaks', { akool: { apiKey: 'key', messageForms: 'v1' } }, /messageForms/],
    ['a short certificate', { channel: { ...agora, certificate: 'abc' } }, /certificate/],
    ['no channel', { channel: undefined }, /channel.kind/],
    ['a negative time', { ticketTtlMs: -1 }, /ticketTtlMs/],
    ['a relay URL that is none', { relayUrl: 'https://x' }, /relayUrl/],
  ])('do not start with %s', async (_case, change, message) => {
    await start();
    const options = { ...valid, ...change }; // Wrong on purpose.
    expect(() => createAvatarHandler(options)).toThrow(expect.objectContaining({ reason: 'server-misconfigured', message: expect.stringMatching(message) }));
  });
});
