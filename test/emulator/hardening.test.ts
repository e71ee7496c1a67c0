import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator.js';
import { discover, interrupt, isAck, isStatus, leave, openNode, postFault, setParams } from './nodeClient.js';

// Before any emulator has been started.
const native = { Request: globalThis.Request, Response: globalThis.Response };
let emulator: Emulator;
let nodePort: number;
const lines: string[] = [];

beforeEach(async () => {
  lines.length = 0;
  emulator = await startEmulator({ nodes: 1, reconnectCooldownMs: 0, log: (line) => lines.push(line) });
  nodePort = (await discover(emulator))[0]?.port ?? 0;
});
afterEach(() => emulator.close());

/** A client that asks for an upgrade, takes the answer and never hangs up. */
async function upgrade(port: number, target: string): Promise<{ readonly socket: Socket; readonly answer: string }> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write(
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
  return { socket, answer };
}

describe('an upgrade', () => {
  it.each(['//', '//[', '/\\', '/%', 'http://['])('to %s is refused with 404, by rooms and nodes', async (target) => {
    for (const port of [Number(new URL(emulator.url).port), nodePort]) {
      const { socket, answer } = await upgrade(port, target);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      socket.destroy();
    }
    expect((await fetch(emulator.url)).ok).toBe(true);
  });

  it('that was refused does not keep the emulator open when its client never hangs up', async () => {
    const refused = [await upgrade(Number(new URL(emulator.url).port), '/nothing'), await upgrade(nodePort, '/nothing')];
    await emulator.close();
    for (const { socket } of refused) socket.destroy();
  });
});

describe('the control', () => {
  const ask = (origin: string, init: RequestInit = {}) => fetch(`${emulator.url}/_emulator/faults`, { ...init, headers: { origin } });

  it.each(['https://page.example', 'http://localhost.page.example', 'http://127.0.0.1.page.example:5173', 'null', 'file://', ''])(
    'is closed to pages of the origin "%s", with or without a preflight',
    async (origin) => {
      const armed = await ask(origin, { method: 'POST', body: JSON.stringify({ fault: 'discovery-down', forever: true }) });
      expect(armed.status).toBe(403);
      expect(armed.headers.get('access-control-allow-origin')).toBeNull();
      expect((await ask(origin, { method: 'OPTIONS' })).status).toBe(403);
      const recordings = await fetch(`${emulator.url}/_emulator/sessions`, { headers: { origin } });
      expect(recordings.status).toBe(403);
      expect(await discover(emulator)).toHaveLength(1);
    },
  );

  it.each(['http://localhost:5173', 'http://127.0.0.1:6006', 'http://[::1]:3000', 'https://app.localhost'])('is open to pages of %s', async (origin) => {
    const answer = await ask(origin);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect((await ask(origin, { method: 'OPTIONS' })).status).toBe(204);
  });
});

it('holds nothing on to a connection for each of its slow acks', async () => {
  const warnings: string[] = [];
  const onWarning = ({ name }: Error) => warnings.push(name);
  process.on('warning', onWarning);
  await postFault(emulator, { fault: 'slow-ack', forever: true, delayMs: 1 });
  const client = openNode(nodePort);
  await client.next(isStatus('websocket_connected'));
  for (let i = 0; i < 20; i++) client.send(interrupt(`i-${i}`));
  for (let i = 0; i < 20; i++) await client.next(isAck(`i-${i}`));
  // Warnings are told with the next tick.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  client.socket.terminate();
});

it('takes leave of a connection that went in the middle of slow acks, and keeps faults for the next one', async () => {
  await postFault(emulator, { fault: 'slow-ack', times: 4, delayMs: 60_000 });
  const client = openNode(nodePort);
  await client.next(isStatus('websocket_connected'));
  // Two at once, and one that waits for its turn.
  for (const message of [leave('l'), setParams('p-1'), setParams('p-2')]) client.send(message);
  const json = async (path: string) => (await fetch(`${emulator.url}/_emulator/${path}`)).json();
  await vi.waitFor(async () => expect((await json('faults')).armed).toMatchObject([{ remaining: 2 }]));
  client.socket.terminate();
  await vi.waitFor(async () => expect((await json('sessions'))[0].closedAt).not.toBeNull());
  await new Promise((resolve) => setImmediate(resolve));
  expect((await json('sessions'))[0]).toMatchObject({ state: 'closed' });
  expect((await json('faults')).armed).toMatchObject([{ remaining: 2 }]);
});

it('keeps a line of the log one line, whatever a client calls its session', async () => {
  const client = openNode(nodePort, { session: 'a\nnode 0: forged\u001b[2J\u2028b' });
  await client.next(isStatus('websocket_connected'));
  client.socket.close();
  await client.closed;
  expect(lines.join('')).toContain('forged');
  // Everything that moves a terminal's cursor or ends a line.
  expect(lines.filter((line) => /[\p{Cc}\u2028\u2029]/u.test(line))).toEqual([]);
});

it("leaves the app's Request and Response alone", () => {
  expect(globalThis.Request).toBe(native.Request);
  expect(globalThis.Response).toBe(native.Response);
});
