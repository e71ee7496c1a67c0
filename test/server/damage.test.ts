import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RELAY_SUBPROTOCOL } from '../../src/grant/relayProtocol.js';
import { ORIGIN, admissionOf, eventually, startServer, type ServerHarness } from './serverHarness.js';

let server: ServerHarness;
beforeEach(async () => void (server = await startServer(() => ({ limits: { maxGrantsPerMinute: 1_000 } }))));
afterEach(() => server.close());

/** A client that speaks just enough of the protocol to break it. */
async function upgrade(ticket: string): Promise<Socket> {
  const { port } = new URL(server.baseUrl);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(
    `GET /api/avatar/relay HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: ${ORIGIN}\r\nSec-WebSocket-Protocol: ${RELAY_SUBPROTOCOL}, ticket.${ticket}\r\n\r\n`,
  );
  return socket;
}

const MASK = [0, 0, 0, 0];
it.each<[string, number[]]>([
  ['an unknown opcode', [0x83, 0x80, ...MASK]],
  ['reserved bits', [0xf1, 0x80, ...MASK]],
  ['an unmasked frame', [0x81, 0x01, 0x41]],
  ['text that is no UTF-8', [0x81, 0x82, ...MASK, 0xff, 0xfe]],
  ['a length of 2^63', [0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, ...MASK]],
  ['a fragment of nothing', [0x80, 0x80, ...MASK]],
  ['a control frame that is too long', [0x89, 0xfe, 0x01, 0x00, ...MASK]],
  ['a close with a bad code', [0x88, 0x82, ...MASK, 0x00, 0x01]],
])('survives %s, and frees the node', async (_case, bytes) => {
  const grant = await server.grant();
  const socket = await upgrade(admissionOf(grant).ticket);
  await eventually(() => server.vendor.sockets.length === 1);
  socket.write(Buffer.from(bytes));
  // The peer reads nothing and does not hang up: the relay must not depend on it.
  const nodeSocket = server.vendor.sockets[0]?.socket;
  await eventually(() => nodeSocket?.readyState === 3 && server.relay.connections === 0, 5_000);
  socket.destroy();
  await server.post('/session/end', { renewal: grant.renewal });
  expect(await server.grant()).toMatchObject({ version: 1 });
});

it('survives a browser that resets at any moment', async () => {
  for (let step = 0; step < 12; step += 1) {
    const grant = await server.grant();
    const socket = await upgrade(admissionOf(grant).ticket);
    for (let turn = 0; turn < step; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    socket.resetAndDestroy();
    await server.post('/session/end', { renewal: grant.renewal });
    await eventually(() => server.relay.connections === 0);
  }
  const browser = server.open(await server.grant());
  await browser.until((message) => message['type'] === 'system');
});

it('does not take a caller that hangs up in mid-body for a failure of its own', async () => {
  // The listener is loaded with the first request.
  await fetch(`${server.baseUrl}/health`);
  const { port } = new URL(server.baseUrl);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`POST /api/avatar/session HTTP/1.1\r\nHost: x\r\nOrigin: ${ORIGIN}\r\nContent-Length: 200\r\nExpect: 100-continue\r\n\r\n{`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  await eventually(() => server.logs.some(({ event }) => event === 'request-fail'));
  expect(server.logs).toMatchObject([{ level: 'warn', message: 'The request body broke off.' }]);
});
