import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { discover, isAck, isStatus, isType, joinNode, openNode, postFault, type NodeClient } from './nodeClient.js';

let emulator: Emulator;
let port: number;

beforeEach(async () => {
  emulator = await startEmulator({ nodes: 2, reconnectCooldownMs: 0 });
  port = (await discover(emulator))[0]?.port ?? 0;
});
afterEach(() => emulator.close());

const ping = (client: NodeClient, mid: string): void => client.send({ v: 2, type: 'ping', mid, pld: {} });
const interrupt = (client: NodeClient, mid: string): void => client.send({ v: 2, type: 'command', mid, pld: { cmd: 'interrupt' } });

describe('a wire that fails', () => {
  it('says a message twice, once', async () => {
    const client = await joinNode(port);
    await postFault(emulator, { fault: 'duplicate-message' });
    interrupt(client, 'i-1');
    interrupt(client, 'i-2');
    await client.next(isAck('i-2'));
    expect(client.messages.filter(isAck('i-1'))).toHaveLength(2);
    expect(client.messages.filter(isAck('i-2'))).toHaveLength(1);
  });

  it('lets a message overtake the one before, and lets a lone one go at last', async () => {
    const client = await joinNode(port);
    await postFault(emulator, { fault: 'reorder-messages' });
    interrupt(client, 'i-1');
    interrupt(client, 'i-2');
    await client.next(isAck('i-1'));
    expect(client.messages.findIndex(isAck('i-2'))).toBeLessThan(client.messages.findIndex(isAck('i-1')));
    await postFault(emulator, { fault: 'reorder-messages' });
    ping(client, 'p-1');
    await client.next(isType('pong'));
  });

  it('delays messages, and keeps their order', async () => {
    const client = await joinNode(port);
    await postFault(emulator, { fault: 'slow-messages', delayMs: 80 });
    const sentAtMs = performance.now();
    interrupt(client, 'i-1');
    interrupt(client, 'i-2');
    await client.next(isAck('i-2'));
    expect(performance.now() - sentAtMs).toBeGreaterThan(70);
    expect(client.messages.findIndex(isAck('i-1'))).toBeLessThan(client.messages.findIndex(isAck('i-2')));
  });

  it('damages a message so that it cannot be read', async () => {
    const client = await joinNode(port);
    await postFault(emulator, { fault: 'corrupt-message' });
    ping(client, 'p-1');
    await client.next(isType('not-json'));
    ping(client, 'p-2');
    await client.next(isType('pong'));
  });

  it('sends more than anyone should take', async () => {
    const client = await joinNode(port);
    const sizes: number[] = [];
    client.socket.on('message', (data: Buffer) => sizes.push(data.length));
    await postFault(emulator, { fault: 'oversize-message' });
    await vi.waitFor(() => expect(Math.max(...sizes)).toBe(8 * 1024 * 1024));
  });

  it('is half open: nothing is answered, not even a ping of the protocol, and nothing is closed', async () => {
    const client = await joinNode(port);
    await postFault(emulator, { fault: 'half-open' });
    let pongs = 0;
    client.socket.on('pong', () => (pongs += 1));
    const before = client.messages.length;
    ping(client, 'p-1');
    client.socket.ping();
    // Another socket shows that the emulator has had the time.
    const other = openNode((await discover(emulator))[1]?.port ?? 0, { session: 's-2' });
    await other.next(isStatus('websocket_connected'));
    expect(client.messages).toHaveLength(before);
    expect(pongs).toBe(0);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    client.socket.terminate();
  });
});

describe('discovery that lies', () => {
  it('names places where no node is, once', async () => {
    const truth = await discover(emulator);
    await postFault(emulator, { fault: 'discovery-lies' });
    expect((await discover(emulator)).map(({ ip, port: at, healthy }) => ({ ip, at, healthy }))).toEqual([
      { ip: '169.254.169.254', at: 80, healthy: true },
      { ip: '127.0.0.1', at: 9, healthy: true },
    ]);
    expect(await discover(emulator)).toEqual(truth);
  });
});
