import { afterEach, describe, expect, it } from 'vitest';
import type { Grant } from '../../src/grant/grant.js';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { createMemoryLedger, type AvatarServerOptions, type ServerLedger } from '../../src/server.js';
import { createManualServerClock, type ManualServerClock } from './manualServerClock.js';
import { eventually, startServer, type Browser, type ServerHarness } from './serverHarness.js';

const isSystem = (message: Record<string, unknown>): boolean => message['type'] === 'system';
const BEAT_MS = 20_000;

const servers: ServerHarness[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(options: Partial<AvatarServerOptions> = {}, clock = createManualServerClock(), ledger: ServerLedger = createMemoryLedger({ clock })) {
  const server = await startServer(() => ({ clock, ledger, ...options }));
  servers.push(server);
  return { server, clock, ledger };
}

/** Lets a beat come, and waits until both sides have answered what they were asked. */
async function beat(clock: ManualServerClock, browser: Browser, name: string): Promise<void> {
  const pinged = new Promise((resolve) => browser.socket.once('ping', resolve));
  clock.advance(BEAT_MS);
  await pinged;
  browser.send({ v: 2, type: 'ping', mid: name, pld: {} });
  await browser.until(({ mid }) => mid === name);
}

describe('a connection over which nothing but pings comes', () => {
  it('is closed after the time that it may be idle', async () => {
    const { server, clock } = await start({ limits: { maxIdleMs: 60_000 } });
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    for (let count = 0; count < 3; count += 1) await beat(clock, browser, `g${count}`);
    clock.advance(BEAT_MS);
    expect(await browser.closed).toEqual({ code: RELAY_CLOSE.idle, reason: 'Nothing was said for too long. Connect again to go on.' });
    await eventually(() => server.vendor.sockets[0]?.received.join().includes('leave_channel') === true);
  });

  it('is closed as early when the limit is shorter than a beat', async () => {
    const { server, clock } = await start({ limits: { maxIdleMs: 5_000 } });
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    clock.advance(5_000);
    clock.advance(5_000);
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.idle });
  });

  it('stays when audio comes between the pings', async () => {
    const { server, clock } = await start({ limits: { maxIdleMs: 60_000 } });
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    for (let count = 0; count < 8; count += 1) {
      browser.send({ v: 2, type: 'chat', mid: `a${count}`, pld: { audio: 'AAAA' } });
      await beat(clock, browser, `g${count}`);
    }
    expect(browser.socket.readyState).toBe(browser.socket.OPEN);
  });
});

describe('a node that is gone without a word', () => {
  /** Answers with pongs of the protocol alone, as long as it is told to. */
  async function startSilent(answers: boolean) {
    const { server, clock } = await start();
    server.vendor.onMessage = () => {};
    server.vendor.onSocket = ({ socket }) => {
      if (!answers) socket.pause();
    };
    const browser = server.open(await server.grant());
    // Else the time that is let go by would be that for connecting.
    await eventually(() => server.logs.some(({ event }) => event === 'relay-open'));
    const node = server.vendor.sockets[0]?.socket;
    if (node === undefined) throw new Error('No node.');
    /** A beat that the browser answers; the node is asked at the second that finds it silent. */
    const next = async (): Promise<void> => {
      const pinged = new Promise((resolve) => browser.socket.once('ping', resolve));
      const pongs = new Promise((resolve) => browser.socket.once('pong', resolve));
      clock.advance(BEAT_MS);
      await Promise.race([pinged, browser.closed]);
      if (browser.socket.readyState !== browser.socket.OPEN) return;
      // Once this is answered, the relay has read the browser's own answer.
      browser.socket.ping();
      await pongs;
    };
    return { server, browser, node, next };
  }

  it('is noticed when it has answered before', async () => {
    const { server, browser, node, next } = await startSilent(true);
    await next();
    const asked = new Promise((resolve) => node.once('ping', resolve));
    await next();
    await asked;
    // The pong is on its way before this.
    node.send('{"v":2,"type":"note"}');
    await browser.until(({ type }) => type === 'note');
    node.pause();
    for (let count = 0; count < 6 && browser.socket.readyState === browser.socket.OPEN; count += 1) await next();
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.upstreamTimeout });
    expect(server.logs).toContainEqual(expect.objectContaining({ event: 'relay-close', level: 'warn' }));
    node.terminate();
  });

  it('is not mistaken for one that never answers pings', async () => {
    const { browser, node, next } = await startSilent(false);
    for (let count = 0; count < 8; count += 1) await next();
    expect(browser.socket.readyState).toBe(browser.socket.OPEN);
    node.terminate();
  });
});

describe('a session with a newer connection on another instance', () => {
  it('gives up the older one at its next beat', async () => {
    const clock = createManualServerClock();
    const ledger = createMemoryLedger({ clock });
    const [one, other] = [await start({}, clock, ledger), await start({}, clock, ledger)];
    const grant = await one.server.grant();
    const first = one.server.open(grant);
    await first.until(isSystem);
    const renewed = (await (await one.server.post('/session/renew', { renewal: grant.renewal })).json()) as Grant; // its shape is checked by its own test
    const second = other.server.open(renewed);
    await second.until(isSystem);
    clock.advance(BEAT_MS);
    expect(await first.closed).toEqual({ code: RELAY_CLOSE.ticketRefused, reason: 'A newer connection of this session took over.' });
    second.send({ v: 2, type: 'ping', mid: 'still-there', pld: {} });
    await second.until(({ mid }) => mid === 'still-there');
  });
});

describe('the lease of a session', () => {
  it('is extended at each beat, and not once the session has ended', async () => {
    const { server, clock, ledger } = await start();
    const grant = await server.grant();
    const browser = server.open(grant);
    await browser.until(isSystem);
    const [before] = await ledger.liveSessions.list('ada');
    await beat(clock, browser, 'g1');
    const [after] = await ledger.liveSessions.list('ada');
    expect(after).toEqual({ ...before, until: (before?.until ?? 0) + BEAT_MS });
    await server.post('/session/end', { renewal: grant.renewal });
    clock.advance(BEAT_MS);
    expect(await browser.closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });
    expect(await ledger.liveSessions.list('ada')).toEqual([]);
  });

  it('is missed by nobody when the ledger fails: the session goes on', async () => {
    const clock = createManualServerClock();
    const ledger = { ...createMemoryLedger({ clock }), holdsSeat: () => Promise.reject(new Error('redis://:password@host')) };
    const { server } = await start({}, clock, ledger);
    const browser = server.open(await server.grant());
    await browser.until(isSystem);
    await beat(clock, browser, 'g1');
    await eventually(() => server.logs.some(({ event }) => event === 'ledger-fail'));
    expect(browser.socket.readyState).toBe(browser.socket.OPEN);
    expect(JSON.stringify(server.logs)).not.toContain('password');
  });
});
