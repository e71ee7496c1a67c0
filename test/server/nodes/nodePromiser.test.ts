import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodePromiser, type NodeWish } from '../../../src/server/akool/createNodePromiser.js';
import { instance, startFakeVendor, type FakeVendor } from '../fakeVendor.js';
import { createTestConfig } from './createTestConfig.js';

const signal = new AbortController().signal;
const wish = (more: Partial<NodeWish> = {}): NodeWish => ({ avatarId: 'ava', holder: 'ada', previous: null, signal, ...more });
const key = (port: number): string => `127.0.0.1:${port}`;
/** Nothing listens there. */
const CLOSED = 1;

let vendor: FakeVendor;
let nodes: Server[];
let ports: number[];
beforeEach(async () => {
  vendor = await startFakeVendor();
  nodes = Array.from({ length: 3 }, () => createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1'));
  await Promise.all(nodes.map((node) => once(node, 'listening')));
  ports = nodes.map((node) => (node.address() as AddressInfo).port); // A server that listens on TCP has one.
});
afterEach(async () => {
  for (const node of nodes) node.close();
  await vendor.close();
});

/** The ports of the three nodes. */
function three(): [number, number, number] {
  const [a = 0, b = 0, c = 0] = ports;
  return [a, b, c];
}

function list(...entries: readonly (number | Record<string, unknown>)[]): void {
  const instances = entries.map((entry) => (typeof entry === 'number' ? instance(entry) : entry));
  vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances } } });
}

describe('a session gets', () => {
  it('a node that takes connections, though others rank before it', async () => {
    const [good] = three();
    list(instance(CLOSED), instance(2), instance(good, { avatar_id: 'other' }));
    const { config } = createTestConfig(vendor);
    expect(await createNodePromiser(config).promise(wish())).toMatchObject({ port: good });
    expect(await config.ledger.reserveNode(key(CLOSED), 'another', Number.MAX_SAFE_INTEGER)).toBe(true);
  });

  it('a node of its own, however many come at once', async () => {
    list(...ports);
    const { promise } = createNodePromiser(createTestConfig(vendor).config);
    const promised = await Promise.all(ports.map((_, index) => promise(wish({ holder: `holder ${index}` }))));
    expect(new Set(promised.map(({ port }) => port))).toEqual(new Set(ports));
    await expect(promise(wish({ holder: 'one more' }))).rejects.toMatchObject({ reason: 'no-avatar-available', context: { known: 3, free: 3, permitted: 3 } });
  });

  it('a node once that discovery lists under several spellings', async () => {
    const [good] = three();
    list(instance(good), instance(good, { ip: '0x7f.1' }), instance(good, { ip: '127.0.0.1.' }), instance(good, { ip: '2130706433' }));
    const { promise } = createNodePromiser(createTestConfig(vendor).config);
    expect(await promise(wish())).toMatchObject({ host: '127.0.0.1', port: good });
    await expect(promise(wish({ holder: 'bob' }))).rejects.toMatchObject({ reason: 'no-avatar-available' });
  });

  it('a node that has become free since the list was read', async () => {
    const [first, second] = three();
    list(first);
    const { promise } = createNodePromiser(createTestConfig(vendor).config);
    await promise(wish());
    list(first, second);
    expect(await promise(wish({ holder: 'bob' }))).toMatchObject({ port: second });
  });

  it('a node that nothing answers from as long as no probe was ever answered: the relay may reach it', async () => {
    list(CLOSED);
    expect(await createNodePromiser(createTestConfig(vendor).config).promise(wish())).toMatchObject({ port: CLOSED });
  });

  it('none that refuses connections once others have been seen to take them', async () => {
    const [good] = three();
    list(good);
    const { promise } = createNodePromiser(createTestConfig(vendor).config);
    await promise(wish());
    list(CLOSED, good);
    await expect(promise(wish({ holder: 'bob' }))).rejects.toMatchObject({ reason: 'no-avatar-available' });
  });

  it('nothing after it has gone, and holds nothing', async () => {
    list(...ports);
    const { config } = createTestConfig(vendor);
    await expect(createNodePromiser(config).promise(wish({ signal: AbortSignal.abort() }))).rejects.toMatchObject({ name: 'AbortError' });
    expect(await Promise.all(ports.map((port) => config.ledger.reserveNode(key(port), 'bob', Number.MAX_SAFE_INTEGER)))).toEqual([true, true, true]);
  });
});

describe('a node that fails', () => {
  async function start() {
    const [bad, good] = three();
    list(bad);
    const test = createTestConfig(vendor);
    await test.config.ledger.reportNode(key(bad), { kind: 'failure' });
    return { ...test, bad, good, promiser: createNodePromiser(test.config) };
  }

  it('is left alone while there are others, even slower ones that hold another avatar', async () => {
    const { bad, good, promiser, config } = await start();
    list(bad, instance(good, { avatar_id: 'other' }));
    await config.ledger.reportNode(key(good), { kind: 'success', latencyMs: 9_000 });
    expect(await promiser.promise(wish())).toMatchObject({ port: good });
  });

  it('is taken when there is no other, after discovery was asked for one', async () => {
    const { bad, promiser } = await start();
    await promiser.promise(wish());
    list(bad);
    expect(await promiser.promise(wish())).toMatchObject({ port: bad });
  });

  it('is tried by one session at a time when some time has passed and no good one is free', async () => {
    const [bad, worse, good] = three();
    list(bad, worse, good);
    const { config, clock } = createTestConfig(vendor);
    const { ledger } = config;
    for (const port of [bad, worse]) await ledger.reportNode(key(port), { kind: 'failure' });
    clock.advance(45_000);
    await ledger.reserveNode(key(good), 'somebody', clock.epochMs() + 60_000);
    const { promise } = createNodePromiser(config);
    const { port: tried } = await promise(wish());
    expect([bad, worse]).toContain(tried);
    // Nothing is known yet of how it went, though the node looks free again.
    await ledger.releaseNode(key(tried), 'ada');
    expect(await promise(wish({ holder: 'bob' }))).toMatchObject({ port: tried === bad ? worse : bad });
  });

  it('is a node like any other when it has served somebody', async () => {
    const { bad, promiser, config } = await start();
    await config.ledger.reportNode(key(bad), { kind: 'success', latencyMs: 100 });
    list(bad, instance(CLOSED));
    expect(await promiser.promise(wish())).toMatchObject({ port: bad });
  });
});

describe('a session that comes back', () => {
  async function start(latencyMs: number | null) {
    const [own, other] = three();
    list(instance(own, { avatar_id: 'other' }), instance(other, { avatar_id: 'other' }));
    const { config, clock } = createTestConfig(vendor);
    if (latencyMs !== null) await config.ledger.reportNode(key(own), { kind: 'success', latencyMs });
    const { promise } = createNodePromiser(config);
    return { own, other, config, clock, renew: () => promise(wish({ previous: key(own) })) };
  }

  it('keeps its node, which has served it and is not to blame', async () => {
    const { own, renew } = await start(100);
    expect(await renew()).toMatchObject({ port: own });
  });

  it('goes elsewhere when its node has failed since', async () => {
    const { own, other, renew, config } = await start(100);
    await config.ledger.reportNode(key(own), { kind: 'failure' });
    expect(await renew()).toMatchObject({ port: other });
  });

  it('goes elsewhere when nothing good is known of its node', async () => {
    const { other, renew } = await start(null);
    expect(await renew()).toMatchObject({ port: other });
  });

  it('goes elsewhere when it comes back again within a minute, for reasons that the page knows', async () => {
    const { own, other, renew, clock } = await start(100);
    expect(await renew()).toMatchObject({ port: own });
    // The probe of the other node is still under way.
    await expect.poll(() => clock.pending).toBe(0);
    clock.advance(59_000);
    expect(await renew()).toMatchObject({ port: other });
    await expect.poll(() => clock.pending).toBe(0);
    clock.advance(11_000);
    expect(await renew()).toMatchObject({ port: own });
  });

  it('gets any node but the one that failed it, even one that fails others', async () => {
    const { other, renew, config } = await start(null);
    await config.ledger.reportNode(key(other), { kind: 'failure' });
    expect(await renew()).toMatchObject({ port: other });
  });

  it('asks discovery, however fresh the list is', async () => {
    const { own, other, renew } = await start(100);
    await renew();
    list(other);
    expect(await renew()).toMatchObject({ port: other });
    expect(own).not.toBe(other);
  });
});
