import { afterEach, describe, expect, it } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { createMemoryLedger, type ServerLedger } from '../../src/server.js';
import { createManualServerClock, type ManualServerClock } from './manualServerClock.js';
import { eventually, startServer, type Browser, type ServerHarness } from './serverHarness.js';

const SET_PARAMS = { v: 2, type: 'command', mid: 'p1', pld: { cmd: 'set-params', data: { vid: 'v', lang: 'en', mode: 1 } } };
const isSystem = (message: Record<string, unknown>): boolean => message['type'] === 'system';

let server: ServerHarness;
let ledger: ServerLedger;
let clock: ManualServerClock;
afterEach(() => server.close());

async function start(): Promise<void> {
  clock = createManualServerClock();
  ledger = createMemoryLedger({ clock });
  server = await startServer(() => ({ clock, ledger }));
}

const failures = async (): Promise<number> => (await ledger.readNodes([`127.0.0.1:${server.vendor.port}`]))[0]?.failures ?? 0;
const gone = () => eventually(() => server.relay.connections === 0);

/** A page whose avatar has been told of its room and does not come into it. */
async function askInVain(): Promise<Browser> {
  server.vendor.onMessage = ({ socket }, text) => {
    if (text.includes('set-params')) socket.send(JSON.stringify({ v: 2, type: 'ack', mid: 'a1', pld: { original_mid: 'p1', status: 'success' } }));
    else socket.close(1_000);
  };
  const page = server.open(await server.grant());
  await page.until(isSystem);
  page.send(SET_PARAMS);
  await page.until((message) => message['type'] === 'ack');
  return page;
}

describe('what is held against a node', () => {
  it('is an avatar that never came into its room, once a page has waited in vain', async () => {
    await start();
    const page = await askInVain();
    clock.advance(19_000);
    clock.advance(1_000);
    page.socket.close(1_000);
    await gone();
    await expect.poll(failures).toBeGreaterThan(0);
  });

  it('is not a visitor who leaves before the avatar could have come', async () => {
    await start();
    const page = await askInVain();
    clock.advance(5_000);
    page.socket.close(1_000);
    await gone();
    expect(await failures()).toBe(0);
  });

  it('is not that a page came back too soon (4004), nor what it thinks of the key (4001)', async () => {
    await start();
    for (const code of [4_004, 4_001]) {
      server.vendor.onSocket = ({ socket }) => socket.close(code, 'words');
      expect((await server.open(await server.grant()).closed).code).toBe(code);
      await gone();
    }
    expect(await failures()).toBe(0);
    server.vendor.onSocket = ({ socket }) => socket.close(4_003, 'words');
    expect((await server.open(await server.grant()).closed).code).toBe(4_003);
    await expect.poll(failures).toBeGreaterThan(0);
  });

  it('is not that this server stops while a page waits', async () => {
    await start();
    const page = await askInVain();
    const closing = server.relay.close();
    expect((await page.closed).code).toBe(RELAY_CLOSE.draining);
    await gone();
    clock.advance(1_000);
    await closing;
    expect(await failures()).toBe(0);
  });
});
