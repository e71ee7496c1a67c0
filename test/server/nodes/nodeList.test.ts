import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodeList } from '../../../src/server/akool/createNodeList.js';
import { instance, startFakeVendor, type FakeVendor } from '../fakeVendor.js';
import { createTestConfig } from './createTestConfig.js';

const never = new AbortController().signal;

let vendor: FakeVendor;
beforeEach(async () => (vendor = await startFakeVendor()));
afterEach(() => vendor.close());

const asked = (times: number) => expect.poll(() => vendor.discoveryRequests.length).toBe(times);

function listOf(port: number): void {
  vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [instance(port)] } } });
}

describe('a list of nodes', () => {
  it('is asked for once by all who want it in the same second', async () => {
    const { config, clock, figures } = createTestConfig(vendor);
    const list = createNodeList(config);
    await Promise.all([list.read(never), list.read(never), list.readAnew(never)]);
    clock.advance(999);
    expect((await list.read(never)).isNew).toBe(false);
    expect(vendor.discoveryRequests).toHaveLength(1);
    clock.advance(1);
    expect((await list.read(never)).isNew).toBe(true);
    expect(vendor.discoveryRequests).toHaveLength(2);
    expect(figures).toEqual(['discovery success', 'discovery success']);
  });

  it('is asked for anew by whoever found no free node in it', async () => {
    const { config } = createTestConfig(vendor);
    const list = createNodeList(config);
    await list.read(never);
    listOf(4321);
    expect((await list.readAnew(never)).nodes).toMatchObject([{ port: 4321 }]);
    expect((await list.read(never)).nodes).toMatchObject([{ port: 4321 }]);
  });

  it('is still got by the others when the first who asked goes away', async () => {
    const { config } = createTestConfig(vendor);
    const list = createNodeList(config);
    const first = new AbortController();
    const gone = list.read(first.signal);
    const others = list.read(never);
    first.abort();
    await expect(gone).rejects.toMatchObject({ name: 'AbortError' });
    expect((await others).nodes).toHaveLength(1);
  });

  it('is no longer waited for when all who asked are gone, and the next one asks anew', async () => {
    const { config, clock } = createTestConfig(vendor);
    vendor.discovery = () => 'hang';
    const list = createNodeList(config);
    const controller = new AbortController();
    const gone = list.read(controller.signal);
    await asked(1);
    controller.abort();
    await expect(gone).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => clock.pending).toBe(0);
    listOf(4321);
    expect((await list.read(never)).nodes).toMatchObject([{ port: 4321 }]);
  });

  it('holds nobody up who comes a second after a request that is never answered', async () => {
    const { config, clock } = createTestConfig(vendor);
    vendor.discovery = () => 'hang';
    const list = createNodeList(config);
    const hanging = list.read(never);
    await asked(1);
    clock.advance(1_000);
    listOf(4321);
    expect((await list.read(never)).nodes).toMatchObject([{ port: 4321 }]);
    clock.advance(10_000);
    await hanging;
  });

  it('refuses whoever has gone before asking', async () => {
    const { config } = createTestConfig(vendor);
    await expect(createNodeList(config).read(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(vendor.discoveryRequests).toHaveLength(0);
  });
});

describe('when discovery is out', () => {
  it('the last answer serves for half a minute, with one log line for each failure', async () => {
    const { config, clock, logs, figures } = createTestConfig(vendor);
    const list = createNodeList(config);
    await list.read(never);
    vendor.discovery = () => ({ status: 502, body: 'bad gateway' });
    clock.advance(5_000);
    const answers = await Promise.all([list.read(never), list.readAnew(never)]);
    expect(answers.map(({ nodes }) => nodes.length)).toEqual([1, 1]);
    expect(logs).toMatchObject([{ level: 'warn', event: 'discovery-stale', context: { ageMs: 5_000, nodes: 1 } }]);
    expect(figures).toEqual(['discovery success', 'discovery failure']);
    clock.advance(25_000);
    await expect(list.read(never)).rejects.toMatchObject({ reason: 'discovery-failed' });
  });

  it('nobody is sent there for a second after a failure', async () => {
    const { config, clock } = createTestConfig(vendor);
    const list = createNodeList(config);
    await list.read(never);
    vendor.discovery = () => ({ status: 502, body: '' });
    clock.advance(1_000);
    await list.readAnew(never);
    await list.readAnew(never);
    expect(vendor.discoveryRequests).toHaveLength(2);
    clock.advance(1_000);
    await list.readAnew(never);
    expect(vendor.discoveryRequests).toHaveLength(3);
  });

  it('who has a last answer waits two seconds for a new one, and who has none as long as the option says', async () => {
    const { config, clock } = createTestConfig(vendor, { discoveryTimeoutMs: 7_000 });
    const list = createNodeList(config);
    await list.read(never);
    vendor.discovery = () => 'hang';
    clock.advance(1_000);
    const second = list.read(never);
    await asked(2);
    clock.advance(2_000);
    expect((await second).nodes).toHaveLength(1);

    const blank = createNodeList(config).read(never);
    const failed = expect(blank).rejects.toMatchObject({ reason: 'discovery-failed', context: { timedOut: true } });
    await asked(3);
    clock.advance(6_999);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    await failed;
  });

  it.each([
    [{ status: 401, body: {} }, 'key-rejected'],
    [{ status: 200, body: { code: 4003 } }, 'avatar-busy'],
    [{ status: 200, body: { code: 4004 } }, 'reconnect-too-soon'],
  ])('an answer is none the less an answer: %j is %s', async (answer, reason) => {
    const { config, clock } = createTestConfig(vendor);
    const list = createNodeList(config);
    await list.read(never);
    vendor.discovery = () => answer;
    clock.advance(1_000);
    await expect(list.read(never)).rejects.toMatchObject({ reason });
  });
});
