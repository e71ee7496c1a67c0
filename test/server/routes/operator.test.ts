import { afterEach, describe, expect, it } from 'vitest';
import { createAvatarHandler, createMemoryLedger, type ReadableMetrics } from '../../../src/server.js';
import { noMetrics } from '../../../src/server/metrics/ServerMetrics.js';
import { refusalOf, SECRET, startRoutes, type RoutesHarness } from './routesHarness.js';

let server: RoutesHarness;
const start = async (...args: Parameters<typeof startRoutes>): Promise<RoutesHarness> => (server = await startRoutes(...args));
afterEach(() => server.close());

const OPERATOR_TOKEN = 'operator-token-5f1c8a';
const metrics: ReadableMetrics = { ...noMetrics, read: async () => 'visavis_requests_total 1\n', contentType: 'text/plain; version=0.0.4' };
const events = (): string[] => server.logs.map(({ event }) => event);

describe('an operator token', () => {
  it.each([['short', 15], ['long', 1_025]])('that is too %s keeps the server from starting, and is not shown', async (_case, length) => {
    const { options } = await start();
    const make = () => createAvatarHandler({ ...options, operatorToken: 'k'.repeat(length), metrics });
    expect(make).toThrow(expect.objectContaining({ reason: 'server-misconfigured', message: expect.stringMatching(/^(?!.*kkkk).*operatorToken/) }));
  });

  it('of 1,024 characters opens the metrics', async () => {
    const operatorToken = 'k'.repeat(1_024);
    await start(() => ({ operatorToken, metrics }));
    expect((await server.get('/metrics', { authorization: `Bearer ${operatorToken}` })).status).toBe(200);
  });
});

describe('GET /metrics', () => {
  const ask = (authorization?: string) => server.get('/metrics', authorization === undefined ? {} : { authorization });

  it('shows the operator what the metrics say, without an origin and to be kept by nobody', async () => {
    await start(() => ({ operatorToken: OPERATOR_TOKEN, metrics }));
    const response = await ask(`Bearer ${OPERATOR_TOKEN}`);
    expect([response.status, await response.text()]).toEqual([200, 'visavis_requests_total 1\n']);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await ask(`bearer   ${OPERATOR_TOKEN}`)).status).toBe(200);
  });

  it.each([
    ['no token', undefined],
    ['an empty one', 'Bearer '],
    ['one that begins the same', `Bearer ${OPERATOR_TOKEN.slice(0, -1)}`],
    ['one that goes on', `Bearer ${OPERATOR_TOKEN}0`],
    ['another scheme', `Basic ${OPERATOR_TOKEN}`],
    ['the token alone', OPERATOR_TOKEN],
    ['a very long one', `Bearer ${'x'.repeat(5_000)}`],
  ])('refuses %s', async (_case, authorization) => {
    await start(() => ({ operatorToken: OPERATOR_TOKEN, metrics }));
    const response = await ask(authorization);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refusalOf(response)).toMatchObject({ status: 401, reason: 'not-authorized' });
    expect(JSON.stringify(server.logs)).not.toContain(OPERATOR_TOKEN);
  });

  it('is not there without an operator, and looks like any other path', async () => {
    await start(() => ({ metrics }));
    expect(await refusalOf(await ask(`Bearer ${OPERATOR_TOKEN}`))).toEqual(await refusalOf(await server.get('/nothing')));
  });
});

describe('GET /health and GET /ready', () => {
  it('are well while all is', async () => {
    await start();
    for (const path of ['/health', '/ready']) {
      const response = await server.get(path);
      expect([response.status, await response.json(), response.headers.get('cache-control')]).toEqual([200, { ok: true }, 'no-store']);
    }
    expect((await server.handler(new Request('https://app.example.com/ready', { method: 'HEAD' }))).status).toBe(200);
    expect(server.logs).toEqual([]);
  });

  it('tell an instance whose ledger fails from one that is dead, and nothing of why', async () => {
    let isDown = true;
    let checks = 0;
    await start((_vendor, clock) => ({
      ledger: { ...createMemoryLedger({ clock }), check: async () => ((checks += 1), isDown ? Promise.reject(new Error('redis://user:password@host')) : undefined) },
    }));
    const refused = await server.get('/ready');
    expect(refused.headers.get('retry-after')).toBe('2');
    const text = await refused.clone().text();
    expect(await refusalOf(refused)).toMatchObject({ status: 503, reason: 'not-ready' });
    expect((await server.get('/health')).status).toBe(200);
    // However many ask, and however long it lasts, it is looked at once a second and told once.
    await server.get('/ready');
    expect(checks).toBe(1);
    server.clock.advance(1_000);
    expect((await server.get('/ready')).status).toBe(503);
    expect(checks).toBe(2);
    expect(text + JSON.stringify(server.logs)).not.toMatch(/password|redis:/);
    expect(events().filter((event) => event === 'ledger-fail')).toHaveLength(1);
    isDown = false;
    server.clock.advance(1_000);
    expect((await server.get('/ready')).status).toBe(200);
    expect(events()).toContain('ledger-recover');
  });

  it('do not wait for a ledger that does not answer', async () => {
    await start((_vendor, clock) => ({ ledger: { ...createMemoryLedger({ clock }), check: () => new Promise(() => {}) } }));
    const asked = server.get('/ready');
    await expect.poll(() => server.clock.pending).toBeGreaterThan(1);
    server.clock.advance(2_000);
    expect((await asked).status).toBe(503);
  });

  it('see once that tokens for the room can be made', async () => {
    await start(() => ({ channel: { kind: 'agora', appId: 'a'.repeat(32), certificate: 'b'.repeat(32) } }));
    expect((await server.get('/ready')).status).toBe(200);
  });

  it('part when the server drains: it lives, takes no more sessions, and sees to those that it has', async () => {
    await start();
    const { renewal } = (await (await server.post('/session', {})).json()) as { renewal: string }; // Test input.
    server.handler.drain();
    expect((await server.get('/ready')).status).toBe(503);
    expect((await server.get('/health')).status).toBe(200);
    expect(await refusalOf(await server.post('/session', {}))).toMatchObject({ status: 503, reason: 'server-draining' });
    expect((await server.post('/session/keep', { renewal })).status).toBe(200);
    expect((await server.post('/session/renew', { renewal, needs: 'channel' })).status).toBe(200);
    expect((await server.post('/session/end', { renewal })).status).toBe(204);
    expect(server.vendor.open.size).toBe(0);
  });
});

describe('figures and log lines', () => {
  it('count each answer by its route, and never by what a visitor may choose', async () => {
    const counted: string[] = [];
    const observed: string[] = [];
    await start(() => ({
      metrics: {
        ...noMetrics,
        count: (name, labels) => void counted.push(`${name} ${JSON.stringify(labels)}`),
        observe: (name, labels, durationMs) => void (durationMs >= 0 && observed.push(`${name} ${JSON.stringify(labels)}`)),
      },
      limits: { maxReadsPerMinute: 1 },
    }));
    const { renewal } = (await (await server.post('/session', { sessionId: 'mine' })).json()) as { renewal: string }; // Test input.
    await server.get('/sessions');
    await server.get('/sessions');
    await server.get('/chosen-by-a-visitor');
    await server.get('/health', { origin: 'https://evil.example.com' });
    for (let times = 0; times < 2; times++) await server.post('/session/end', { renewal });
    expect(counted).toEqual([
      'sessionsGranted {"service":"akool-live"}',
      'requests {"route":"/session","status":201}',
      'requests {"route":"/sessions","status":200}',
      'limited {"limit":"reads"}',
      'requests {"route":"/sessions","status":429}',
      'requests {"route":"none","status":404}',
      'requests {"route":"/health","status":403}',
      'sessionsEnded {}',
      'hostedClosed {"outcome":"closed"}',
      'requests {"route":"/session/end","status":204}',
      'requests {"route":"/session/end","status":204}',
    ]);
    expect(observed).toContain('request {"route":"/session/end"}');
  });

  it('count what the ledger fails to do', async () => {
    let failures = 0;
    await start((_vendor, clock) => ({
      metrics: { ...noMetrics, count: (name) => void (name === 'ledgerFailures' && (failures += 1)) },
      ledger: { ...createMemoryLedger({ clock }), consume: () => Promise.reject(new Error('redis://user:password@host')) },
    }));
    expect((await server.post('/session', {})).status).toBe(500);
    expect(failures).toBe(1);
    expect(JSON.stringify(server.logs)).not.toContain('password');
  });

  it('name the session in each step of its life, also where it is refused', async () => {
    await start();
    const { renewal } = (await (await server.post('/session', { sessionId: 'mine' })).json()) as { renewal: string }; // Test input.
    await server.post('/session/renew', { renewal, reason: 'connection-lost' });
    await server.post('/session/renew', { renewal }, { 'x-user': 'bob' });
    await server.post('/session/end', { renewal });
    await server.post('/session/keep', { renewal });
    server.vendor.intercept = () => ({ code: 1215 });
    await server.post('/session', { sessionId: 'second' });
    const lines = server.logs.filter(({ event }) => !event.startsWith('hosted-')).map(({ event, context }) => [event, context['sessionId'], context['reason']]);
    expect(lines).toEqual([
      ['session-grant', 'mine', undefined],
      ['session-renew', 'mine', 'connection-lost'],
      ['request-fail', undefined, 'not-authorized'],
      ['session-end', 'mine', undefined],
      ['request-fail', undefined, 'session-ended'],
      ['request-fail', 'second', 'avatar-busy'],
    ]);
  });
});

it('a server whose options cannot work says so at once', () => {
  const options = { secret: SECRET, authorize: () => null, allowedOrigins: [], dve: { apiKey: 'k' } };
  for (const catalogue of [{ ttlMs: 1 }, { staleMs: -1 }]) expect(() => createAvatarHandler({ ...options, catalogue })).toThrow(/catalogue\./);
});
