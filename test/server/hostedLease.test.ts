import { afterEach, describe, expect, it } from 'vitest';
import { createAvatarHandler, createMemoryLedger } from '../../src/server.js';
import { startHosted, type HostedGrant, type HostedHarness } from './hostedHarness.js';
import { ORIGIN } from './serverHarness.js';

let server: HostedHarness;
const start = async (...args: Parameters<typeof startHosted>): Promise<HostedHarness> => (server = await startHosted(...args));
afterEach(() => server.close());

const count = (name: string): number => server.vendor.calls.filter((call) => call.name === name).length;
const allClosed = () => expect.poll(() => server.vendor.open().length, { interval: 5 }).toBe(0);
const failures = (n: number) => expect.poll(() => server.logs.filter(({ event }) => event === 'hosted-close-fail').length, { interval: 5 }).toBe(n);
/** Lets time go by in steps, and what is due begin in between, as it does outside of a test. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5_000) {
    server.clock.advance(Math.min(left, 5_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const keep = async ({ renewal }: HostedGrant, more: object = {}) => (await server.post('/session/keep', { renewal, ...more })).json();
const end = ({ renewal }: HostedGrant) => server.post('/session/end', { renewal });

describe('POST /session/keep', () => {
  it('puts the end of a lease off, and no further than the session lasts', async () => {
    await start();
    const grant = await server.grant();
    server.clock.advance(60_000);
    expect(await keep(grant)).toEqual({ status: 'unknown', keptUntil: server.clock.epochMs() + 90_000 });
    await pass(80_000);
    expect(server.vendor.open()).toHaveLength(1);
    for (let i = 0; i < 5; i++) {
      await keep(grant);
      await pass(80_000);
    }
    expect(await keep(grant)).toMatchObject({ keptUntil: grant.avatar.endsAt });
    expect(count('detail')).toBe(0);
  });

  it('tells how far the avatar is, and asks the vendor once a second however many ask', async () => {
    await start();
    const grant = await server.grant();
    const ask = () => keep(grant, { wants: 'status' });
    expect(await Promise.all([ask(), ask(), ask()])).toMatchObject([{ status: 'queueing' }, { status: 'queueing' }, { status: 'queueing' }]);
    expect(count('detail')).toBe(1);
    for (const [number, status] of [[2, 'processing'], [3, 'ready'], [4, 'failed']] as const) {
      Object.assign(server.vendor.sessions[0] ?? {}, { status: number });
      server.clock.advance(1_000);
      expect(await ask()).toMatchObject({ status });
    }
    expect(count('detail')).toBe(4);
  });

  it('keeps the lease when the vendor cannot be asked', async () => {
    await start();
    const grant = await server.grant();
    server.vendor.intercept = ({ name }) => (name === 'detail' ? { code: 1218 } : undefined);
    expect(await keep(grant, { wants: 'status' })).toEqual({ status: 'unknown', keptUntil: server.clock.epochMs() + 90_000 });
  });

  it('refuses a session that has ended, lapsed or reached its time', async () => {
    await start();
    const [ended, lapsed] = [await server.grant(), await server.grant()];
    await end(ended);
    expect(await server.refusal('/session/keep', { renewal: ended.renewal })).toEqual({ status: 410, reason: 'session-ended', retryable: false });
    await pass(100_000);
    await allClosed();
    expect(await server.refusal('/session/keep', { renewal: lapsed.renewal })).toMatchObject({ reason: 'session-ended' });
    const old = await server.grant();
    for (let i = 0; i < 8; i++) {
      await pass(80_000);
      await server.post('/session/keep', { renewal: old.renewal });
    }
    expect(await server.refusal('/session/keep', { renewal: old.renewal })).toMatchObject({ reason: 'session-ended' });
    await allClosed();
  });

  it('is for whoever began the session, from the same page, and does not count as asking for a grant', async () => {
    await start(() => ({ allowedOrigins: [ORIGIN, 'https://b.example.com'], limits: { maxGrantsPerMinute: 1, maxKeepsPerMinute: 3 } }));
    const { renewal } = await server.grant();
    const statusOf = async (headers: Record<string, string>) => (await server.post('/session/keep', { renewal }, { headers })).status;
    expect(await statusOf({ 'x-user': 'bob' })).toBe(401);
    expect(await statusOf({ authorization: 'Bearer nobody' })).toBe(401);
    expect(await statusOf({ origin: 'https://b.example.com' })).toBe(401);
    expect([await statusOf({}), await statusOf({}), await statusOf({}), await statusOf({})]).toEqual([200, 200, 200, 429]);
  });

  it('takes a session up again that a restart forgot, and closes it in its time', async () => {
    await start();
    const grant = await server.grant();
    const handler = createAvatarHandler({ ...server.options, ledger: createMemoryLedger({ clock: server.clock }) });
    const asked = { method: 'POST', headers: { origin: ORIGIN }, body: JSON.stringify({ renewal: grant.renewal }) };
    expect((await handler(new Request('https://app.example.com/session/keep', asked))).status).toBe(200);
    await handler.close();
    expect(server.vendor.open()).toEqual([]);
  });
});

describe('a session is closed at the vendor', () => {
  it('when its page says goodbye, also twice at once and as a beacon, by its id alone', async () => {
    await start();
    const grant = await server.grant();
    const beacon = { body: JSON.stringify({ renewal: grant.renewal }), headers: { 'content-type': 'text/plain;charset=UTF-8' } };
    const answers = await Promise.all([server.post('/session/end', {}, beacon), end(grant), end(grant)]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(server.vendor.calls.filter(({ name }) => name === 'close')).toEqual([{ name: 'close', body: { id: 'vs1' } }]);
    expect(await server.ledger.vendorSessions.find('any')).toBeNull();
  });

  it('by a pass that lasts as long as the session, however short renewing is allowed', async () => {
    await start(() => ({ renewalTtlMs: 1_000 }));
    const grant = await server.grant();
    server.clock.advance(60_000);
    expect(await keep(grant)).toMatchObject({ status: 'unknown' });
    await end(grant);
    expect(server.vendor.open()).toEqual([]);
  });

  it('when nobody asks to keep it, by the timer', async () => {
    await start();
    await server.grant();
    await pass(80_000);
    expect(server.vendor.open()).toHaveLength(1);
    await pass(20_000);
    await allClosed();
  });

  it('at a request of anybody, where timers do not run, and the platform is told to wait for it', async () => {
    await start();
    const works: Promise<unknown>[] = [];
    const handler = createAvatarHandler({ ...server.options, clock: { ...server.clock, scheduleIdle: () => () => {} }, waitUntil: (work) => works.push(work) });
    await handler(new Request('https://app.example.com/session', { method: 'POST', body: '{}' }));
    await Promise.all(works);
    await pass(120_000);
    expect(server.vendor.open()).toHaveLength(1);
    await handler(new Request('https://app.example.com/health'));
    await Promise.all(works);
    expect(server.vendor.open()).toEqual([]);
  });

  it('again and again with longer waits, until the vendor says that it is closed', async () => {
    await start();
    const grant = await server.grant();
    server.vendor.intercept = ({ name }) => (name === 'close' ? { code: 1218, msg: 'trouble' } : undefined);
    expect((await end(grant)).status).toBe(204);
    await failures(1);
    await pass(15_000);
    expect(count('close')).toBe(1);
    await pass(15_000);
    await failures(2);
    await pass(15_000);
    expect(count('close')).toBe(2);
    server.vendor.intercept = () => undefined;
    await pass(20_000);
    await allClosed();
    await pass(600_000);
    expect(count('close')).toBe(3);
  });

  it.each([1216, 1219, 1008])('and no more once the vendor answers %i', async (code) => {
    await start();
    const grant = await server.grant();
    server.vendor.intercept = ({ name }) => (name === 'close' ? { code } : undefined);
    await end(grant);
    await pass(600_000);
    expect(count('close')).toBe(1);
  });

  it('when the server stops, with a few attempts, and it opens no more', async () => {
    await start();
    const grant = await server.grant();
    await server.grant();
    let refusals = 1;
    server.vendor.intercept = ({ name }) => (name === 'close' && refusals-- > 0 ? { code: 1218 } : undefined);
    const closed = server.handler.close();
    await failures(1);
    await expect.poll(() => server.clock.pending, { interval: 5 }).toBeGreaterThan(0);
    server.clock.advance(1_000);
    await closed;
    expect(server.vendor.open()).toEqual([]);
    expect(await server.refusal('/session')).toEqual({ status: 503, reason: 'server-draining', retryable: true });
    expect(await server.refusal('/session/renew', { renewal: grant.renewal })).toMatchObject({ reason: 'server-draining' });
    await server.handler.close();
    expect(server.clock.pending).toBe(0);
  });

  it('when the server stops while it is being opened', async () => {
    await start();
    let arrived = (): void => {};
    let release = (): void => {};
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    server.vendor.intercept = async ({ name }) => {
      if (name !== 'create') return undefined;
      arrived();
      await held;
      return undefined;
    };
    const refused = server.refusal('/session');
    await asked;
    let isStopped = false;
    const closed = server.handler.close().then(() => (isStopped = true));
    await pass(5_000);
    expect(isStopped).toBe(false);
    release();
    await closed;
    expect(server.vendor.sessions).toMatchObject([{ isClosed: true }]);
    expect(await refused).toMatchObject({ reason: 'server-draining' });
  });

  it('not when the server stops and others look after it', async () => {
    await start();
    const ledger = { ...server.ledger, shared: true };
    const handler = createAvatarHandler({ ...server.options, ledger });
    await handler(new Request('https://app.example.com/session', { method: 'POST', body: '{}' }));
    await handler.close();
    expect(server.vendor.open()).toHaveLength(1);
    await server.post('/session/end', {});
    await pass(100_000);
    await allClosed();
  });
});
