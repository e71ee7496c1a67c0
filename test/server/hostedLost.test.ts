import { afterEach, describe, expect, it } from 'vitest';
import { createAvatarHandler, type AvatarHandler } from '../../src/server.js';
import type { LiveVendorCall } from './fakeLiveVendor.js';
import { startHosted, type HostedHarness } from './hostedHarness.js';

let server: HostedHarness;
const start = async (...args: Parameters<typeof startHosted>): Promise<HostedHarness> => (server = await startHosted(...args));
afterEach(() => server.close());

const ask = (handler: AvatarHandler, path = '/health', body?: object) =>
  handler(new Request(`https://app.example.com${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }));
const count = (name: string): number => server.vendor.calls.filter((call) => call.name === name).length;
const events = (): string[] => server.logs.map(({ event }) => event);
const allClosed = () => expect.poll(() => server.vendor.open().length, { interval: 5 }).toBe(0);

/** Lets time go by in steps, and what is due begin in between, as it does outside of a test. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5_000) {
    server.clock.advance(Math.min(left, 5_000));
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lists what is open, without its rooms, as the vendor does. */
function list({ name, body }: LiveVendorCall): Readonly<Record<string, unknown>> | undefined {
  if (name !== 'list') return undefined;
  const fitting = server.vendor.open().filter(({ status }) => String(status) === body['status']);
  return { code: 1000, data: { count: fitting.length, result: fitting.map(({ id, status }) => ({ _id: id, status, stream_type: 'agora' })) } };
}

describe('two instances on one ledger', () => {
  /** Both live in this process; what makes one of them crash is that nobody ever runs it again. */
  async function startTwo() {
    await start();
    const ledger = { ...server.ledger, shared: true };
    const crashing = createAvatarHandler({ ...server.options, ledger, clock: { ...server.clock, scheduleIdle: () => () => {} } });
    const staying = [1, 2, 3].map(() => createAvatarHandler({ ...server.options, ledger }));
    return { crashing, staying };
  }

  it('see to it that what a crashed one had opened is closed within a lease and a sweep, by one of them', async () => {
    const { crashing, staying } = await startTwo();
    expect((await ask(crashing, '/session', {})).status).toBe(201);
    for (const handler of staying) await ask(handler);
    await pass(85_000);
    expect(server.vendor.open()).toHaveLength(1);
    await pass(15_000);
    await allClosed();
    await pass(60_000);
    expect(count('close')).toBe(1);
    expect(events().filter((event) => event === 'hosted-close')).toHaveLength(1);
  });

  it('take over from one that crashed while it was closing', async () => {
    const { crashing, staying } = await startTwo();
    const grant = (await (await ask(crashing, '/session', {})).json()) as { renewal: string }; // Test input.
    let isCrashed = false;
    server.vendor.intercept = ({ name }) => (name === 'close' && !isCrashed ? ((isCrashed = true), 'hang') : undefined);
    const ended = ask(crashing, '/session/end', { renewal: grant.renewal });
    await expect.poll(() => isCrashed).toBe(true);
    for (const handler of staying) await ask(handler);
    await pass(30_000);
    expect((await ended).status).toBe(204);
    await allClosed();
    expect(events().filter((event) => event === 'hosted-close')).toHaveLength(1);
  });

  it('let a page that says goodbye wait a moment for the vendor, and no longer', async () => {
    const { crashing } = await startTwo();
    const grant = (await (await ask(crashing, '/session', {})).json()) as { renewal: string }; // Test input.
    let release = (): void => {};
    const held = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
    server.vendor.intercept = ({ name }) => (name === 'close' ? held : undefined);
    const ended = ask(crashing, '/session/end', { renewal: grant.renewal });
    await expect.poll(() => count('close')).toBe(1);
    server.clock.advance(500);
    expect((await ended).status).toBe(204);
    expect(server.vendor.open()).toHaveLength(1);
    release();
    await allClosed();
  });
});

describe('a session of whose opening nobody heard', () => {
  it('is found by its room, and closed, while others of the account stay', async () => {
    await start();
    server.vendor.intercept = list;
    const kept = await server.grant();
    const stranger = openElsewhere();
    let isLost = false;
    const given = server.vendor.intercept;
    server.vendor.intercept = (call) => (call.name === 'create' && !isLost ? ((isLost = true), openAndHang(call)) : given(call));
    const refused = server.refusal('/session');
    await expect.poll(() => server.vendor.sessions.length).toBe(3);
    server.clock.advance(15_000);
    expect(await refused).toMatchObject({ reason: 'avatar-timeout' });
    expect(events()).toContain('hosted-open-unknown');
    const keep = () => server.post('/session/keep', { renewal: kept.renewal });
    await pass(10_000);
    await keep();
    expect(server.vendor.open()).toHaveLength(3);
    await pass(25_000);
    await expect.poll(() => server.vendor.open().map(({ id }) => id), { interval: 5 }).toEqual(['vs1', stranger]);
    expect(events().filter((event) => event === 'hosted-find')).toHaveLength(1);
    const lists = count('list');
    await keep();
    await pass(60_000);
    expect(count('list')).toBe(lists);
  });

  it('is looked for again when the vendor could not be asked, and not once its time is over', async () => {
    await start(() => ({ akoolLive: { session: { durationSeconds: 120 } } }));
    server.vendor.intercept = (call) => (call.name === 'create' ? openAndHang(call) : call.name === 'list' ? { code: 1218 } : undefined);
    const refused = server.refusal('/session');
    await expect.poll(() => server.vendor.sessions.length).toBe(1);
    server.clock.advance(15_000);
    await refused;
    await pass(600_000);
    const asked = count('list');
    expect(asked).toBeGreaterThan(3);
    expect(events().filter((event) => event === 'hosted-find-fail').length).toBeGreaterThan(1);
    await pass(600_000);
    expect(count('list')).toBe(asked);
  });

  it('is looked for when the server stops, where nobody else would', async () => {
    await start();
    server.vendor.intercept = (call) => (call.name === 'create' ? openAndHang(call) : list(call));
    const refused = server.refusal('/session');
    await expect.poll(() => server.vendor.sessions.length).toBe(1);
    server.clock.advance(15_000);
    await refused;
    await server.handler.close();
    expect(server.vendor.open()).toEqual([]);
  });

  it('is not looked for when the answer came', async () => {
    await start();
    const { renewal } = await server.grant();
    for (let minutes = 0; minutes < 3; minutes++) {
      await pass(60_000);
      await server.post('/session/keep', { renewal });
    }
    expect(server.vendor.calls.map(({ name }) => name)).toEqual(['create']);
  });

  it('is not looked for when the vendor said that it opened none', async () => {
    await start();
    server.vendor.intercept = ({ name }) => (name === 'create' ? { code: 1215 } : undefined);
    expect(await server.refusal('/session')).toMatchObject({ reason: 'avatar-busy' });
    await pass(120_000);
    expect(count('list')).toBe(0);
  });
});

/** The vendor opens a session, and its answer is lost. */
function openAndHang({ body }: LiveVendorCall): 'hang' {
  server.vendor.sessions.push({ id: `vs${server.vendor.sessions.length + 1}`, api: 'v4', body, status: 1, isClosed: false });
  return 'hang';
}

/** A session of the same account that some other program has opened. */
function openElsewhere(): string {
  const id = `vs${server.vendor.sessions.length + 1}`;
  const credentials = { agora_uid: 1, agora_app_id: 'a', agora_channel: 'vv-somebody-else', agora_token: 't' };
  server.vendor.sessions.push({ id, api: 'v4', body: { credentials }, status: 3, isClosed: false });
  return id;
}
