import { afterEach, describe, expect, it } from 'vitest';
import { createAvatarHandler, createMemoryLedger } from '../../../src/server.js';
import { refusalOf, startRoutes, type RoutesHarness } from './routesHarness.js';

let server: RoutesHarness;
const start = async (...args: Parameters<typeof startRoutes>): Promise<RoutesHarness> => (server = await startRoutes(...args));
afterEach(() => server.close());

const as = (user: string) => ({ 'x-user': user });
const grant = async (sessionId: string, user = 'ada') => (await (await server.post('/session', { sessionId }, as(user))).json()) as { renewal: string }; // Test input.
const namesOf = async (user: string) => ((await (await server.get('/sessions', as(user))).json()) as { items: { sessionId: string }[] }).items.map(({ sessionId }) => sessionId); // Test input.

describe('GET /sessions', () => {
  it('lists what is going on of one subject, the oldest first, without the keys by which the server knows it', async () => {
    await start();
    const startedAt = server.clock.epochMs();
    await grant('first');
    server.clock.advance(1_000);
    await grant('second');
    await grant('theirs', 'bob');
    const response = await server.get('/sessions', as('ada'));
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      items: [
        { sessionId: 'first', service: 'akool-live', avatarId: 'ava', startedAt },
        { sessionId: 'second', service: 'akool-live', avatarId: 'ava', startedAt: startedAt + 1_000 },
      ],
    });
    expect(await namesOf('bob')).toEqual(['theirs']);
    expect(await namesOf('eve')).toEqual([]);
  });

  it('forgets what has ended or lapsed, and keeps what is kept', async () => {
    await start();
    const kept = await grant('kept');
    const ended = await grant('ended');
    await grant('lapsed');
    await server.post('/session/end', ended);
    server.clock.advance(60_000);
    await server.post('/session/keep', { renewal: kept.renewal });
    server.clock.advance(60_000);
    expect(await namesOf('ada')).toEqual(['kept']);
  });

  it('asks authorize', async () => {
    await start();
    expect(await refusalOf(await server.get('/sessions', as('nobody')))).toMatchObject({ status: 401, reason: 'not-authorized' });
    expect(await refusalOf(await server.get('/sessions', { 'sec-fetch-site': 'cross-site' }))).toMatchObject({ status: 403, reason: 'origin-refused' });
  });
});

describe('POST /sessions/end', () => {
  const end = (sessionId: unknown, user = 'ada') => server.post('/sessions/end', { sessionId }, as(user));

  it('ends a session of another tab, closes it at the vendor, and lets nobody renew it', async () => {
    await start();
    const { renewal } = await grant('other-tab');
    await grant('this-tab');
    expect((await end('other-tab')).status).toBe(204);
    expect(await namesOf('ada')).toEqual(['this-tab']);
    expect([...server.vendor.open]).toEqual(['s2']);
    expect(await refusalOf(await server.post('/session/renew', { renewal }))).toMatchObject({ status: 410, reason: 'session-ended' });
    expect(server.logs.filter(({ event }) => event === 'session-end')).toHaveLength(1);
    // Once more is no other answer and no other line.
    expect((await end('other-tab')).status).toBe(204);
    expect(server.logs.filter(({ event }) => event === 'session-end')).toHaveLength(1);
  });

  it('frees the place of a session that was counted', async () => {
    await start(() => ({ limits: { maxSessionsPerSubject: 1 } }));
    await grant('one');
    expect(await refusalOf(await server.post('/session', {}))).toMatchObject({ status: 429, reason: 'rate-limited' });
    await end('one');
    expect((await server.post('/session', {})).status).toBe(201);
  });

  it('answers the same for the session of somebody else as for none, and touches neither', async () => {
    await start();
    const { renewal } = await grant('theirs', 'bob');
    const answers = [await end('theirs'), await end('nothing')];
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect((await server.post('/session/keep', { renewal }, as('bob'))).status).toBe(200);
    expect(server.vendor.open.size).toBe(1);
  });

  it('ends all that go by one name', async () => {
    await start();
    await grant('twice');
    await grant('twice');
    await end('twice');
    expect(server.vendor.open.size).toBe(0);
    expect(await namesOf('ada')).toEqual([]);
  });

  it('ends one that another instance opened', async () => {
    await start((_vendor, clock) => ({ ledger: { ...createMemoryLedger({ clock }), shared: true } }));
    const other = createAvatarHandler(server.options);
    await grant('elsewhere');
    const body = JSON.stringify({ sessionId: 'elsewhere' });
    expect((await other(new Request('https://app.example.com/sessions/end', { method: 'POST', body }))).status).toBe(204);
    await expect.poll(() => server.vendor.open.size).toBe(0);
    await other.close();
  });

  it.each([[undefined], ['a/b'], [''], ['a'.repeat(65)], [{ $ne: null }]])('refuses the name %j', async (name) => {
    await start();
    expect(await refusalOf(await end(name))).toMatchObject({ status: 400, reason: 'invalid-options' });
  });
});
