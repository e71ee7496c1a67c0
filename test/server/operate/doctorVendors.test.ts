import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { checkDve } from '../../../src/cli/doctor/checkDve.js';
import { checkClock } from '../../../src/cli/doctor/checkClock.js';
import { checkLive } from '../../../src/cli/doctor/checkLive.js';
import { checkNodes } from '../../../src/cli/doctor/checkNodes.js';
import { checkReach } from '../../../src/cli/doctor/checkReach.js';
import { startEmulator, type Emulator } from '../../../src/emulator/startEmulator.js';
import { instance } from '../fakeVendor.js';
import { acceptWith, closedPort, refuseWith, startFakeServer, type FakeServer, type FakeServerRoutes } from './fakeServer.js';

const TIMEOUT_MS = 5_000;
const KEY = 'doctor-key-17';
const signal = (): AbortSignal => AbortSignal.timeout(TIMEOUT_MS);

let emulator: Emulator;
beforeAll(async () => void (emulator = await startEmulator({ apiKey: KEY })));
afterAll(() => emulator.close());

const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function fake(routes: FakeServerRoutes): Promise<FakeServer> {
  const server = await startFakeServer(routes);
  servers.push(server);
  return server;
}
const json = (body: unknown, status = 200) => (_request: IncomingMessage, response: ServerResponse) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('the doctor asks discovery', () => {
  const discovered = (...instances: unknown[]): FakeServerRoutes => ({ onRequest: json({ code: 1000, data: { instances } }) });
  const look = async (routes: FakeServerRoutes) => checkNodes({ apiKey: KEY, discoveryUrl: (await fake(routes)).url }, TIMEOUT_MS);

  it('finds the key accepted and a node in reach', async () => {
    const findings = await checkNodes({ apiKey: KEY, discoveryUrl: emulator.discoveryUrl }, TIMEOUT_MS);
    expect(findings).toEqual([
      { check: 'akool', status: 'ok', message: 'Discovery takes the key: 2 nodes, 2 free.' },
      { check: 'node-address', status: 'ok', message: expect.stringMatching(/^127\.0\.0\.1:\d+ can be reached\.$/) },
    ]);
  });

  it('says that a key is rejected', async () => {
    expect(await checkNodes({ apiKey: 'another', discoveryUrl: emulator.discoveryUrl }, TIMEOUT_MS)).toMatchObject([{ status: 'fail', message: 'Discovery rejects the key.' }]);
  });

  it('warns when there is no node, or none is free', async () => {
    expect(await look(discovered())).toMatchObject([{ status: 'warn', message: 'Discovery takes the key, but names no node.' }]);
    expect((await look(discovered(instance(80, { status: 'busy' }))))[0]).toMatchObject({ status: 'warn', message: 'Discovery takes the key, but none of 1 nodes is free.' });
  });

  it('fails when no node is where this server may go', async () => {
    const findings = await look(discovered(instance(80, { ip: '10.0.0.7' })));
    expect(findings[1]).toMatchObject({ check: 'node-address', status: 'fail', fix: expect.stringContaining('--allowed-hosts') });
  });

  it('fails when the node takes no connection', async () => {
    const port = await closedPort();
    expect((await look(discovered(instance(port))))[1]).toMatchObject({ check: 'node-address', status: 'fail', message: `127.0.0.1 takes no connections on port ${port}.` });
  });

  it('fails without the words of whoever answers something else', async () => {
    const [finding] = await look({ onRequest: (_request, response) => response.end(`<html>${KEY}</html>`) });
    expect(finding?.status).toBe('fail');
    expect(JSON.stringify(finding)).not.toContain(KEY);
    expect((await look({ onRequest: json({}, 500) }))[0]?.status).toBe('fail');
  });

  it('gives up on one that never answers', async () => {
    const { url } = await fake({ onRequest: () => undefined });
    expect((await checkNodes({ apiKey: KEY, discoveryUrl: url }, 100))[0]?.status).toBe('fail');
  });
});

describe('the doctor asks liveAvatar', () => {
  it('finds the key accepted', async () => {
    expect(await checkLive({ apiKey: KEY, baseUrl: emulator.akoolApiUrl }, signal())).toMatchObject({ status: 'ok' });
    expect(await checkLive({ clientId: 'me', clientSecret: KEY, baseUrl: emulator.akoolApiUrl }, signal())).toMatchObject({ status: 'ok' });
  });

  it('says that a key is rejected, and that nobody answers', async () => {
    expect(await checkLive({ apiKey: 'another', baseUrl: emulator.akoolApiUrl }, signal())).toMatchObject({ status: 'fail', message: 'liveAvatar rejects the key.' });
    expect(await checkLive({ apiKey: KEY, baseUrl: `http://127.0.0.1:${await closedPort()}` }, signal())).toMatchObject({ status: 'fail', message: 'liveAvatar cannot be used (avatar-unreachable).' });
    const { url } = await fake({ onRequest: () => undefined });
    expect(await checkLive({ apiKey: KEY, baseUrl: url }, AbortSignal.timeout(100))).toMatchObject({ status: 'fail', message: 'liveAvatar did not answer in time.' });
  });
});

describe('the doctor knocks at the voice service', () => {
  const knock = (url: string, apiKey = KEY) => checkDve({ apiKey, assistantId: 'host' }, new URL(url), signal());
  const knockAt = async (routes: FakeServerRoutes) => knock((await fake(routes)).url.replace('http', 'ws'));

  it('finds the key accepted, and says nothing', async () => {
    expect(await knock(emulator.dveUrl)).toMatchObject({ status: 'ok' });
    const sent: unknown[] = [];
    expect(await knockAt({ onUpgrade: acceptWith((socket) => void socket.on('message', (data) => sent.push(data)), 'proto') })).toMatchObject({ status: 'ok' });
    expect(sent).toEqual([]);
  });

  it('takes a service that selects no subprotocol', async () => {
    expect(await knockAt({ onUpgrade: acceptWith(() => undefined, false) })).toMatchObject({ status: 'ok' });
  });

  it('says that a key is rejected: by status, or after the socket was open', async () => {
    expect(await knock(emulator.dveUrl, 'another')).toMatchObject({ status: 'fail', message: 'The voice service rejects the key.' });
    expect(await knockAt({ onUpgrade: acceptWith((socket) => socket.close(4001), 'proto') })).toMatchObject({ status: 'fail', message: 'The voice service rejects the key.' });
  });

  it.each<[string, FakeServerRoutes['onUpgrade'], 'warn' | 'fail', RegExp]>([
    ['an assistant that is not there', refuseWith(404), 'fail', /no such assistant/],
    ['trouble', refuseWith(503), 'fail', /status 503/],
    ['a limit', acceptWith((socket) => socket.close(4008), 'proto'), 'warn', /closes the socket at once \(4008\)/],
    ['something that is no WebSocket', (_request, socket) => socket.end('hello\r\n\r\n'), 'fail', /cannot be spoken to/],
  ])('tells of %s', async (_case, onUpgrade, status, message) => {
    expect(await knockAt(onUpgrade === undefined ? {} : { onUpgrade })).toMatchObject({ status, message: expect.stringMatching(message) });
  });

  it('tells of silence, of a key that cannot be offered, and of a missing assistant', async () => {
    const { url } = await fake({ onUpgrade: () => undefined });
    expect(await checkDve({ apiKey: KEY, assistantId: 'host' }, new URL(url.replace('http', 'ws')), AbortSignal.timeout(100))).toMatchObject({ status: 'fail', message: expect.stringMatching(/in time/) });
    expect(await knock(emulator.dveUrl, 'a key=')).toMatchObject({ status: 'fail', message: expect.stringMatching(/may not/) });
    expect(await checkDve({ apiKey: KEY }, new URL(emulator.dveUrl), signal())).toMatchObject({ status: 'warn', fix: expect.stringMatching(/DVE_ASSISTANT_ID/) });
  });
});

describe('the doctor looks at clocks and addresses', () => {
  const clockAt = async (date: string | null) => {
    const { url } = await fake({ onRequest: (_request, response) => (date === null ? (response.sendDate = false) : response.setHeader('date', date), response.end()) });
    return (await checkClock([new URL('/some/path', url), new URL(url)], signal))[0];
  };
  const from = (offsetMs: number): string => new Date(Date.now() + offsetMs).toUTCString();

  it('compares our clock with theirs', async () => {
    expect(await clockAt(from(0))).toMatchObject({ status: 'ok' });
    expect(await clockAt(from(-20_000))).toMatchObject({ status: 'warn', message: expect.stringMatching(/ahead of/) });
    expect(await clockAt(from(20_000))).toMatchObject({ status: 'warn', message: expect.stringMatching(/behind/) });
    expect(await clockAt(from(-120_000))).toMatchObject({ status: 'fail', fix: expect.stringMatching(/NTP/) });
    expect(await clockAt(from(120_000))).toMatchObject({ status: 'fail' });
  });

  it('skips who does not say what time it is', async () => {
    expect(await clockAt(null)).toMatchObject({ status: 'skip' });
    expect(await checkClock([new URL(`http://127.0.0.1:${await closedPort()}`)], signal)).toMatchObject([{ status: 'skip' }]);
    expect(await checkClock([], signal)).toMatchObject([{ status: 'skip' }]);
  });

  it('tells an unknown name from a closed port and from silence', async () => {
    expect(await checkReach('x', new URL(emulator.url), signal())).toMatchObject({ status: 'ok' });
    expect(await checkReach('x', new URL(`ws://127.0.0.1:${await closedPort()}`), signal())).toMatchObject({ status: 'fail', message: expect.stringMatching(/takes no connections/) });
    expect(await checkReach('x', new URL('https://visavis-doctor.invalid'), signal())).toMatchObject({ status: 'fail', message: expect.stringMatching(/not known|cannot be reached/) });
    expect(await checkReach('x', new URL(emulator.url), AbortSignal.abort())).toMatchObject({ status: 'fail', message: expect.stringMatching(/cannot be reached/) });
  });
});
