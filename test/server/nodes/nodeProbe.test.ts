import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AvatarNode } from '../../../src/server/akool/avatarNode.js';
import { createNodeProbe } from '../../../src/server/akool/createNodeProbe.js';
import { tryConnect } from '../../../src/server/akool/tryConnect.js';
import { startFakeVendor, type FakeVendor } from '../fakeVendor.js';
import { createTestConfig } from './createTestConfig.js';

let vendor: FakeVendor;
let node: Server;
let port: number;
let connections: number;
beforeEach(async () => {
  vendor = await startFakeVendor();
  connections = 0;
  node = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    socket.resume();
  });
  node.listen(0, '127.0.0.1');
  await once(node, 'listening');
  port = (node.address() as AddressInfo).port; // A server that listens on TCP has one.
});
afterEach(async () => {
  node.close();
  await vendor.close();
});

const at = (nodePort: number, host = '127.0.0.1'): AvatarNode => ({ host, port: nodePort, avatarId: null, available: true });
/** Nothing listens there. */
const CLOSED = 1;

describe('a probe', () => {
  it('tells nodes that take connections from those that do not, without a word', async () => {
    const { config } = createTestConfig(vendor);
    const { probe } = createNodeProbe(config);
    expect(await Promise.all([probe(at(port)), probe(at(CLOSED))])).toEqual(['answered', 'refused']);
    await expect.poll(() => connections).toBe(1);
  });

  it('gives up on silence, and leaves no socket', async () => {
    const policy = { permitsHost: () => true, permitsAddress: () => true };
    const giveUp = new AbortController();
    const outcome = tryConnect({ host: '127.0.0.1', port, policy, signal: giveUp.signal });
    giveUp.abort();
    expect(await outcome).toBe('silent');
    expect(await tryConnect({ host: '127.0.0.1', port, policy, signal: giveUp.signal })).toBe('silent');
    await expect.poll(() => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length).toBe(0);
  });

  it('serves all who want to know within five seconds', async () => {
    const { config, clock } = createTestConfig(vendor);
    const { probe } = createNodeProbe(config);
    await Promise.all([probe(at(port)), probe(at(port))]);
    clock.advance(4_999);
    await probe(at(port));
    await expect.poll(() => connections).toBe(1);
    clock.advance(1);
    await probe(at(port));
    await expect.poll(() => connections).toBe(2);
  });

  it('blames a node for refusing once another has answered here, and once for each probe', async () => {
    const { config, clock, figures } = createTestConfig(vendor);
    const { ledger } = config;
    const probes = createNodeProbe(config);
    const failures = async () => (await ledger.readNodes([`127.0.0.1:${CLOSED}`]))[0]?.failures;
    await probes.probe(at(CLOSED));
    expect([probes.hasSight, await failures()]).toEqual([false, 0]);
    await probes.probe(at(port));
    clock.advance(5_000);
    await Promise.all([probes.probe(at(CLOSED)), probes.probe(at(CLOSED))]);
    expect([probes.hasSight, await failures()]).toEqual([true, 1]);
    expect(figures).toEqual(['nodeAttempts failure']);
  });

  it('is not made where it is switched off', async () => {
    const { config } = createTestConfig(vendor, { probeTimeoutMs: 0 });
    expect(await createNodeProbe(config).probe(at(port))).toBe('unknown');
    expect(connections).toBe(0);
  });

  it('survives a ledger that does not answer', async () => {
    const { config, logs } = createTestConfig(vendor);
    const ledger = { ...config.ledger, reportNode: () => Promise.reject(new Error('down')) };
    const { probe } = createNodeProbe({ ...config, ledger });
    await probe(at(port));
    expect(await probe(at(CLOSED))).toBe('refused');
    expect(logs).toMatchObject([{ event: 'ledger-fail' }]);
  });
});

describe('no packet of a probe goes', () => {
  it.each(['10.0.0.1', '0x7f.1', '169.254.169.254', '::ffff:127.0.0.1', 'localhost'])('to %s when only other hosts are permitted', async (host) => {
    const { config } = createTestConfig(vendor, { allowedHosts: ['192.0.2.0/24'] });
    expect(await createNodeProbe(config).probe(at(port, host))).toBe('refused');
    expect(connections).toBe(0);
  });

  it('to where a permitted name leads when that is not permitted', async () => {
    const { config } = createTestConfig(vendor);
    const asked: string[] = [];
    const hostPolicy = { permitsHost: () => true, permitsAddress: (address: string, name: string) => asked.push(`${name} ${address}`) < 0 };
    expect(await createNodeProbe({ ...config, hostPolicy }).probe(at(port, 'localhost'))).toBe('refused');
    expect(asked).toContain('localhost 127.0.0.1');
    expect(connections).toBe(0);
  });
});
