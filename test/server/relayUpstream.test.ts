// Source: RFC 6455, section 4.1: what a client has to refuse.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { requestUpgrade, type UpgradeTarget } from '../../src/server/relay/websocket/requestUpgrade.js';

let server: Server | null = null;
afterEach(async () => {
  if (server !== null) await new Promise((resolve) => server?.close(resolve));
  server = null;
});

interface Vendor {
  readonly port: number;
  readonly requests: string[];
  readonly sockets: Socket[];
}

/** A vendor that answers each request with what `answer` makes of it; null for no answer. */
async function startVendor(answer: (accept: string, request: string) => string | null): Promise<Vendor> {
  const vendor: Vendor = { port: 0, requests: [], sockets: [] };
  const started = createServer((socket) => {
    vendor.sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      const request = data.toString('latin1');
      vendor.requests.push(request);
      const [, key = ''] = /^sec-websocket-key: (.*)\r$/im.exec(request) ?? [];
      const text = answer(createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64'), request);
      if (text !== null) socket.write(text, 'latin1');
    });
  });
  server = started;
  started.listen(0, '127.0.0.1');
  await once(started, 'listening');
  return { ...vendor, port: (started.address() as AddressInfo).port }; // it listens on TCP
}

/** Resolves when nobody is connected any more. */
async function allGone({ sockets }: Vendor): Promise<void> {
  for (const socket of sockets) if (!socket.destroyed) await once(socket, 'close');
}

const switching = (accept: string, ...more: string[]): string =>
  ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`, ...more, '', ''].join('\r\n');

function target(port: number, more: Partial<UpgradeTarget> = {}): UpgradeTarget {
  return { url: new URL(`ws://127.0.0.1:${port}/path?query=1`), headers: { api_key: 'vendor-key' }, subprotocols: [], accepts: (selected) => selected === null, ...more };
}

const never = new AbortController().signal;

describe('the way to a vendor', () => {
  it('is opened with what the vendor asks for and nothing else; what comes with the answer is kept', async () => {
    const vendor = await startVendor((accept) => `${switching(accept)}\x81\x00`);
    const { socket, head } = await requestUpgrade(target(vendor.port, { subprotocols: ['proto', 'k.e.y'] }), never);
    const [request = ''] = vendor.requests;
    expect(request.split('\r\n')[0]).toBe('GET /path?query=1 HTTP/1.1');
    expect(request).toMatch(/^Sec-WebSocket-Protocol: proto,k\.e\.y\r$/m);
    expect(request).toMatch(/^api_key: vendor-key\r$/m);
    expect(request).toMatch(/^Sec-WebSocket-Version: 13\r$/m);
    expect(request).not.toMatch(/extensions|origin|user-agent|cookie/i);
    expect(head).toEqual(Buffer.of(0x81, 0));
    socket.destroy();
  });

  it.each<[string, (accept: string) => string]>([
    ['another key\'s answer', () => switching('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=')],
    ['a subprotocol that was not asked for', (accept) => switching(accept, 'Sec-WebSocket-Protocol: other')],
    ['compression', (accept) => switching(accept, 'Sec-WebSocket-Extensions: permessage-deflate')],
    ['another protocol', (accept) => switching(accept).replace('Upgrade: websocket', 'Upgrade: h2c')],
    ['what is no HTTP', () => 'SSH-2.0-OpenSSH\r\n\r\n'],
  ])('is not taken when it answers with %s', async (_case, answer) => {
    const vendor = await startVendor(answer);
    await expect(requestUpgrade(target(vendor.port), never)).rejects.toMatchObject({ name: 'UpgradeError', status: null });
    await allGone(vendor);
  });

  it.each([200, 302, 401, 500])('tells a plain answer of %i, follows no redirect, and keeps no socket', async (status) => {
    const vendor = await startVendor(() => `HTTP/1.1 ${status} Something\r\nLocation: http://169.254.169.254/\r\nContent-Length: 5\r\n\r\nhello`);
    const error: unknown = await requestUpgrade(target(vendor.port), never).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'UpgradeError', status });
    expect(String(error)).not.toMatch(/169|hello|key/);
    await allGone(vendor);
    expect(vendor.requests).toHaveLength(1);
  });

  it('is given up at an abort, before or while it is opened', async () => {
    const vendor = await startVendor(() => null);
    await expect(requestUpgrade(target(vendor.port), AbortSignal.abort())).rejects.toMatchObject({ name: 'UpgradeError' });
    const controller = new AbortController();
    const opening = requestUpgrade(target(vendor.port), controller.signal);
    const refused = expect(opening).rejects.toMatchObject({ name: 'UpgradeError' });
    await expect.poll(() => vendor.requests.length).toBe(1);
    controller.abort();
    await refused;
    await allGone(vendor);
  });

  it('is not taken over TLS from whoever cannot prove to be the vendor', async () => {
    const vendor = await startVendor((accept) => switching(accept));
    await expect(requestUpgrade(target(vendor.port, { url: new URL(`wss://127.0.0.1:${vendor.port}/`) }), never)).rejects.toMatchObject({ status: null });
    expect(vendor.requests.join()).not.toContain('vendor-key');
  });

  it('says nothing of a header that cannot be sent', async () => {
    const error: unknown = await requestUpgrade(target(9, { headers: { api_key: 'secret\r\nx: y' } }), never).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'UpgradeError' });
    expect(String(error)).not.toContain('secret');
  });
});
