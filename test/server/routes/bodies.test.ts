import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { toNodeListener } from '../../../src/server.js';
import { refusalOf, startRoutes, type RoutesHarness } from './routesHarness.js';

let server: RoutesHarness;
afterEach(() => server.close());

const ask = (body: BodyInit, headers: Record<string, string> = {}) =>
  // `duplex` is missing from the DOM's types.
  server.handler(new Request('https://app.example.com/session', { method: 'POST', body, headers, duplex: 'half' } as RequestInit));

describe('a request body', () => {
  it('may take ten seconds, and no longer', async () => {
    server = await startRoutes();
    let cancelled = false;
    const slow = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"sessionId":')), cancel: () => void (cancelled = true) });
    const asked = ask(slow);
    await expect.poll(() => server.clock.pending).toBeGreaterThan(1);
    server.clock.advance(9_999);
    server.clock.advance(1);
    expect(await refusalOf(await asked)).toMatchObject({ status: 408, reason: 'invalid-options' });
    expect(cancelled).toBe(true);
  });

  it('leaves no timer when it has come', async () => {
    server = await startRoutes();
    const before = server.clock.pending;
    await server.post('/session/end', { renewal: 'forged' });
    // The sweeper's alone.
    expect(server.clock.pending - before).toBe(1);
  });

  it('that is slow is answered over a socket as well', async () => {
    server = await startRoutes();
    const http = createServer(toNodeListener(server.handler));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const socket = connect((http.address() as AddressInfo).port, '127.0.0.1'); // A server that listens on TCP has one.
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.write('POST /api/avatar/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":');
    await expect.poll(() => server.clock.pending).toBeGreaterThan(1);
    server.clock.advance(10_000);
    await expect.poll(() => text).toContain('"invalid-options"');
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    socket.destroy();
    await once(socket, 'close');
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  it('that breaks off is the caller\'s mistake', async () => {
    server = await startRoutes();
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('ECONNRESET at 10.0.0.1')) });
    const response = await ask(broken);
    expect(await response.clone().text()).not.toContain('10.0.0.1');
    expect(await refusalOf(response)).toMatchObject({ status: 400, reason: 'invalid-options' });
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'text/plain;charset=UTF-8', 'TEXT/PLAIN', 'application/problem+json'])('may be %s', async (type) => {
    server = await startRoutes();
    expect((await ask('{}', { 'content-type': type })).status).toBe(201);
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/html', 'application/jsonx', 'text/plainer', 'application/xml+jsonp'])('may not be %s', async (type) => {
    server = await startRoutes();
    expect(await refusalOf(await ask('{}', { 'content-type': type }))).toMatchObject({ status: 415, reason: 'invalid-options' });
  });

  it('that says that it is too large is not read', async () => {
    server = await startRoutes();
    expect(await refusalOf(await ask('{}', { 'content-length': '20000' }))).toMatchObject({ status: 413, reason: 'message-too-large' });
  });
});

it.each(['closed by a platform that gives its reason as text', new DOMException('gone', 'AbortError')])('authorize may give up with its request, which is no failure (%s)', async (reason) => {
  const page = new AbortController();
  server = await startRoutes(() => ({
    authorize: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('gave up')));
        page.abort(reason);
      }),
  }));
  const response = await server.handler(new Request('https://app.example.com/session', { method: 'POST', body: '{}', signal: page.signal }));
  expect(response.status).toBe(499);
  expect(server.logs).toEqual([]);
});
