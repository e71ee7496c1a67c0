import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRedisLedger } from '../../../src/server/ledger/createRedisLedger.js';
import type { ServerLedger } from '../../../src/server/ledger/ledger.js';
import { connectRedisLedger } from '../../../src/server/ledger/connectRedisLedger.js';
import { LONG_MS } from './contract.js';
import { startRedis, type TestRedis } from './startRedis.js';

const PASSWORD = 'the-password-of-redis';

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis(['--requirepass', PASSWORD]);
});
afterAll(() => server.close());

/** What every question to the ledger comes to. */
function askEverything(ledger: ServerLedger): Promise<unknown>[] {
  const later = Date.now() + LONG_MS;
  const live = { session: 's', sessionId: 's', subject: 'ada', service: null, avatarId: null, startedAt: Date.now(), until: later };
  const { liveSessions, vendorSessions } = ledger;
  return [
    ledger.spendTicket('t', later),
    ledger.reserveNode('n', 'h', later),
    ledger.releaseNode('n', 'h'),
    ledger.reportNode('n', { kind: 'failure' }),
    ledger.reportNode('n', { kind: 'success', latencyMs: 1 }),
    ledger.readNodes(['n']),
    ledger.endSession('s', later),
    ledger.isSessionEnded('s'),
    ledger.takeSeat('s', 'c', later),
    ledger.holdsSeat('s', 'c'),
    ledger.consume('k', { points: 1, windowMs: LONG_MS }),
    liveSessions.open(live, { ofSubject: 5, ofAll: 5 }),
    liveSessions.extend(live),
    liveSessions.list('ada'),
    liveSessions.countAll(),
    liveSessions.close('s', 'ada'),
    vendorSessions.note({ vendorId: 'v', session: 's', sessionId: 's', dueAt: later, endsAt: later, closings: 0 }),
    vendorSessions.putOff('v', later),
    vendorSessions.find('s'),
    vendorSessions.claim('v', { until: later, evenIfKept: true }),
    vendorSessions.listDue(1),
    vendorSessions.drop('v'),
    ledger.check(),
  ];
}

async function refusalsOf(ledger: ServerLedger): Promise<unknown[]> {
  const settled = await Promise.allSettled(askEverything(ledger));
  return settled.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : `answered ${inspect(outcome.value)}`));
}

/** Neither is for a visitor's eyes, nor for a log. */
function expectDiscreet(errors: readonly unknown[]): void {
  const shown = inspect(errors, { depth: 10, showHidden: true });
  expect(shown).not.toContain(PASSWORD);
  expect(shown).not.toContain(String(server.port));
  expect(shown).not.toContain('127.0.0.1');
}

describe('a Redis that fails', () => {
  let prefix: string;
  beforeEach(() => {
    prefix = randomUUID();
  });
  const ledgerOn = (timeoutMs: number, options: object = {}) => createRedisLedger({ redis: server.connect({ password: PASSWORD, ...options }), prefix, timeoutMs });

  it('and is gone, refuses every question in time, and answers again when it is back', async () => {
    const ledger = ledgerOn(300, { maxRetriesPerRequest: null });
    expect(await ledger.spendTicket('t', Date.now() + LONG_MS)).toBe(true);
    await server.kill();
    const errors = await refusalsOf(ledger);
    for (const error of errors) expect(error).toMatchObject({ name: 'AvatarError', reason: 'server-misconfigured', retryable: true, context: { code: 'timeout' } });
    expectDiscreet(errors);
    await server.restart();
    await expect.poll(() => ledger.check().then(() => 'back', () => 'gone')).toBe('back');
    // Its scripts are gone with what it knew.
    for (const error of await refusalsOf(ledger)) expect(error).toMatch(/^answered/);
  });

  it('and hangs, refuses in time, and goes on as if nothing had been', async () => {
    const ledger = ledgerOn(200);
    await ledger.check();
    server.freeze();
    const errors = await refusalsOf(ledger);
    for (const error of errors) expect(error).toMatchObject({ reason: 'server-misconfigured', retryable: true, context: { code: 'timeout', timeoutMs: 200 } });
    server.thaw();
    await expect.poll(() => ledger.check().then(() => 'back', () => 'gone')).toBe('back');
    // What was refused may have been done all the same: never twice.
    expect(await ledger.spendTicket('t', Date.now() + LONG_MS)).toBe(false);
  });

  it('and is slower than its clients are used to, loses nothing', async () => {
    const ledger = ledgerOn(30_000);
    const control = server.connect({ password: PASSWORD });
    await ledger.check();
    await control.client('PAUSE', 150, 'ALL');
    const spent = await Promise.all(Array.from({ length: 20 }, () => ledger.spendTicket('slow', Date.now() + LONG_MS)));
    expect(spent.filter(Boolean)).toHaveLength(1);
  });

  it('and has forgotten everything, goes on with what it is told anew', async () => {
    const ledger = ledgerOn(30_000);
    await Promise.all(askEverything(ledger));
    await ledger.vendorSessions.note({ vendorId: 'w', session: 's', sessionId: 's', dueAt: Date.now(), endsAt: Date.now(), closings: 0 });
    const control = server.connect({ password: PASSWORD });
    await control.flushall();
    await control.script('FLUSH');
    expect(await ledger.vendorSessions.putOff('w', Date.now())).toBe(false);
    expect(await ledger.liveSessions.countAll()).toBe(0);
    for (const answer of await refusalsOf(ledger)) expect(answer).toMatch(/^answered/);
  });

  it('and has no room, or takes no writes, cannot be relied upon', async () => {
    const ledger = ledgerOn(30_000);
    const control = server.connect({ password: PASSWORD });
    await ledger.check();
    await control.config('SET', 'maxmemory', '1');
    await expect(ledger.check()).rejects.toMatchObject({ reason: 'server-misconfigured', retryable: true, context: { code: 'OOM' } });
    await expect(ledger.spendTicket('t', Date.now() + LONG_MS)).rejects.toMatchObject({ context: { code: 'OOM' } });
    await control.config('SET', 'maxmemory', '0');
    await control.config('SET', 'min-replicas-to-write', '1');
    await expect(ledger.check()).rejects.toMatchObject({ retryable: true, context: { code: 'NOREPLICAS' } });
    await control.config('SET', 'min-replicas-to-write', '0');
    await expect(ledger.check()).resolves.toBeUndefined();
  });

  it('and does not know us, says so for good, without the password', async () => {
    const ledger = createRedisLedger({ redis: server.connect(), prefix, timeoutMs: 30_000 });
    const errors = await refusalsOf(ledger);
    for (const error of errors) expect(error).toMatchObject({ reason: 'server-misconfigured', retryable: false, context: { code: 'NOAUTH' } });
    expectDiscreet(errors);
  });
});

describe('the keys in Redis', () => {
  it("begin alike and expire, but for those of vendors' sessions", async () => {
    const prefix = randomUUID();
    const control = server.connect({ password: PASSWORD, keyPrefix: '' });
    await control.flushall();
    const ledger = createRedisLedger({ redis: server.connect({ password: PASSWORD, keyPrefix: 'app:' }), prefix });
    const later = Date.now() + LONG_MS;
    await Promise.all(askEverything(ledger));
    await ledger.reserveNode('n', 'h', later);
    await ledger.liveSessions.open({ session: 'x', sessionId: 'x', subject: 'ada', service: null, avatarId: null, startedAt: 0, until: later }, { ofSubject: 5, ofAll: 5 });
    for (const vendorId of ['v', 'w']) await ledger.vendorSessions.note({ vendorId, session: 's', sessionId: 's', dueAt: later, endsAt: later, closings: 0 });
    await ledger.vendorSessions.claim('v', { until: later, evenIfKept: true });
    const keys = await control.keys('*');
    const lasting = [];
    for (const key of keys) if ((await control.pttl(key)) === -1) lasting.push(key);
    expect(keys.filter((key) => !key.startsWith(`app:{${prefix}}:`))).toEqual([]);
    expect(keys.length).toBeGreaterThan(10);
    expect(lasting.map((key) => key.split(':').at(-1)).sort()).toEqual(['vendor', 'vendor-closings', 'vendor-due', 'vendor-of']);
    await Promise.all(['v', 'w'].map((vendorId) => ledger.vendorSessions.drop(vendorId)));
    expect(await control.keys('*vendor*')).toEqual([]);
  });

  it('may have no braces of their own in the prefix', () => {
    expect(() => createRedisLedger({ redis: server.connect(), prefix: '{a}{b}' })).toThrow(/prefix/);
    expect(() => createRedisLedger({ redis: server.connect(), timeoutMs: 0 })).toThrow(/timeoutMs/);
  });
});

it('instances whose clocks are an hour apart agree on what has lapsed', async () => {
  const prefix = randomUUID();
  const hour = 3_600_000;
  const [early, late] = [-hour, hour].map((offMs) => {
    const clock = { now: () => performance.now(), epochMs: () => Date.now() + offMs, schedule: (task: () => void, ms: number) => ((timer) => () => clearTimeout(timer))(setTimeout(task, ms)) };
    const ledger = createRedisLedger({ redis: server.connect({ password: PASSWORD }), prefix, clock });
    return { ledger, at: (ms: number) => clock.epochMs() + ms };
  });
  if (early === undefined || late === undefined) throw new Error('There are two.');
  await early.ledger.vendorSessions.note({ vendorId: 'v', session: 's', sessionId: 's', dueAt: early.at(LONG_MS), endsAt: early.at(hour), closings: 0 });
  expect(await late.ledger.vendorSessions.listDue(1)).toEqual([]);
  expect(Math.abs(((await late.ledger.vendorSessions.find('s'))?.dueAt ?? 0) - late.at(LONG_MS)) < LONG_MS / 2).toBe(true);
  await late.ledger.vendorSessions.note({ vendorId: 'w', session: 't', sessionId: 't', dueAt: late.at(0), endsAt: late.at(hour), closings: 0 });
  expect(await early.ledger.vendorSessions.listDue(1)).toMatchObject([{ vendorId: 'w' }]);
  await early.ledger.liveSessions.open({ session: 'x', sessionId: 'x', subject: 'ada', service: null, avatarId: null, startedAt: 0, until: early.at(LONG_MS) }, { ofSubject: 5, ofAll: 5 });
  expect(await late.ledger.liveSessions.countAll()).toBe(1);
  expect(await late.ledger.reserveNode('n', 'late', late.at(LONG_MS))).toBe(true);
  expect(await early.ledger.reserveNode('n', 'early', early.at(LONG_MS))).toBe(false);
});

describe('REDIS_URL', () => {
  const url = (): string => `redis://:${PASSWORD}@127.0.0.1:${server.port}`;

  it('names the Redis that a ledger is connected to', async () => {
    const { ledger, close } = await connectRedisLedger(url());
    expect(ledger.shared).toBe(true);
    expect(await ledger.consume('k of a url', { points: 1, windowMs: 1_000 })).toEqual({ allowed: true, retryAfterMs: 0 });
    await close();
    await close();
  });

  it.each(['redis.example.com', 'http://redis.example.com', ''])('is refused as %j', async (wrong) => {
    await expect(connectRedisLedger(wrong)).rejects.toMatchObject({ reason: 'server-misconfigured', message: expect.stringContaining('REDIS_URL') });
  });

  it('of a Redis that is not there or does not know us is refused at once, and told nobody', async () => {
    const lost: string[] = [];
    await server.kill();
    const gone = connectRedisLedger(url(), (code) => lost.push(code));
    await expect(gone).rejects.toMatchObject({ reason: 'server-misconfigured' });
    expect(lost).toContain('ECONNREFUSED');
    await server.restart();
    const unknown = await connectRedisLedger(url().replace(PASSWORD, 'another-password')).catch((error: unknown) => error);
    expect(unknown).toMatchObject({ reason: 'server-misconfigured', retryable: false });
    expectDiscreet([unknown, ...lost]);
  });
});
