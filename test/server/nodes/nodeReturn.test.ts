import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Grant } from '../../../src/grant/grant.js';
import { instance, startFakeVendor, type FakeVendor } from '../fakeVendor.js';
import { eventually, startServer, type ServerHarness } from '../serverHarness.js';

let server: ServerHarness;
let second: FakeVendor;
beforeEach(async () => {
  server = await startServer();
  second = await startFakeVendor();
  const { vendor } = server;
  const instances = [vendor, second].map(({ port }) => instance(port, { avatar_id: 'other' }));
  vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances } } });
});
afterEach(async () => {
  await server.close();
  await second.close();
});

const sessionsOf = (): number[] => [server.vendor.sockets.length, second.sockets.length];

/** Opens a session, and waits until its avatar is there. */
async function talk(grant: Grant) {
  const browser = server.open(grant);
  await browser.opened;
  browser.send({ v: 2, type: 'command', mid: 'cmd-set-params-1', pld: { cmd: 'set-params', data: { vid: '', lang: 'en', mode: 3, bgurl: '' } } });
  await browser.until((message) => JSON.stringify(message).includes('agora_connected'));
  return browser;
}

async function renew({ renewal }: Grant): Promise<Grant> {
  return (await (await server.post('/session/renew', { renewal })).json()) as Grant; // Test input.
}

describe('a session', () => {
  it('goes back to its node when its own connection broke', async () => {
    const grant = await server.grant();
    const browser = await talk(grant);
    const before = sessionsOf();
    browser.socket.terminate();
    await eventually(() => server.relay.connections === 0);
    await talk(await renew(grant));
    expect(sessionsOf()).toEqual(before.map((count) => 2 * count));
  });

  it('goes to another node when its node broke the connection', async () => {
    const grant = await server.grant();
    const browser = await talk(grant);
    const [own] = [...server.vendor.sockets, ...second.sockets];
    own?.socket.terminate();
    await browser.closed;
    await eventually(() => server.relay.connections === 0);
    await talk(await renew(grant));
    expect(sessionsOf()).toEqual([1, 1]);
  });

  it('goes to another node when its node ended it before the avatar came', async () => {
    const both = [server.vendor, second];
    const greet = second.onSocket;
    for (const vendor of both) vendor.onSocket = ({ socket }) => socket.close(1000);
    const grant = await server.grant();
    await server.open(grant).closed;
    await eventually(() => server.relay.connections === 0);
    for (const vendor of both) vendor.onSocket = greet;
    await talk(await renew(grant));
    expect(sessionsOf()).toEqual([1, 1]);
  });
});
