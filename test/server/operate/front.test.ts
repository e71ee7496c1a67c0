import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFront, type Front } from '../../../src/cli/serve/createFront.js';
import { drain } from '../../../src/cli/serve/drain.js';

const TIMEOUTS = { headersMs: 150, requestMs: 300, keepAliveMs: 200, checkEveryMs: 20 };

let front: Front;
afterEach(async () => {
  front.server.closeAllConnections();
  await new Promise((resolve) => front.server.close(resolve));
});

async function open(options: Partial<Parameters<typeof createFront>[0]> = {}): Promise<string> {
  front = createFront({
    base: '/api/avatar',
    listener: (request, response) => void request.resume().on('end', () => response.end(request.url)),
    relay: { handleUpgrade: () => false },
    maxConnections: 10,
    onDrop: () => undefined,
    timeouts: TIMEOUTS,
    ...options,
  });
  await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(front.server.address() as AddressInfo).port}`; // A server that listens on TCP has one.
}

/** A socket that says this much, and all that it is told until it is hung up on. */
async function say(url: string, text: string): Promise<string> {
  const socket: Socket = connect(Number(new URL(url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (data) => (heard += String(data)));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return heard;
}

describe('the server in front of handler and relay', () => {
  it('passes on what is below its base, and nothing else', async () => {
    const url = await open();
    expect(await (await fetch(`${url}/api/avatar/session`)).text()).toBe('/api/avatar/session');
    for (const path of ['/', '/api/avatars/session', '/session']) expect((await fetch(url + path)).status).toBe(404);
  });

  it('hangs up on who takes too long for the headers, also of an upgrade, or says nothing', async () => {
    const url = await open();
    expect(await say(url, 'POST /api/avatar/session HTTP/1.1\r\nHost: a\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /);
    expect(await say(url, 'GET /api/avatar/relay HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n')).toMatch(/^HTTP\/1\.1 408 /);
    expect(await say(url, '')).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('hangs up on who takes too long for the body', async () => {
    const url = await open();
    expect(await say(url, 'POST /api/avatar/session HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nslow')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('refuses headers that are larger than any of ours', async () => {
    const url = await open();
    expect(await say(url, `GET /api/avatar/health HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('hangs up on an upgrade that nobody takes, and on one that is not ours', async () => {
    const url = await open();
    const upgrade = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    expect(await say(url, upgrade('/api/avatar/other'))).toBe('');
    expect(await say(url, upgrade('/elsewhere/relay'))).toBe('');
  });

  it('takes no more connections than it can hold, and says so', async () => {
    let drops = 0;
    const dropped = new Promise<void>((resolve) => void open({ maxConnections: 1, onDrop: () => (drops++, resolve()) }).then((url) => {
      front.server.maxConnections = 1;
      const held = connect(Number(new URL(url).port), '127.0.0.1');
      held.once('connect', () => connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined));
      held.on('error', () => undefined);
    }));
    await dropped;
    expect(drops).toBe(1);
  });
});

describe('a stop', () => {
  const deferred = () => {
    let resolve: () => void = () => undefined;
    const promise = new Promise<void>((done) => (resolve = done));
    return { promise, resolve };
  };

  it('answers "not ready" first, while all goes on; then closes relay and handler, and answers until they are done', async () => {
    const url = await open();
    const [noticed, relay, handler] = [deferred(), deferred(), deferred()];
    const closed: string[] = [];
    const done = drain({
      front,
      relay: { close: () => (closed.push('relay'), relay.promise) },
      handler: { close: () => (closed.push('handler'), handler.promise) },
      untilNoticed: () => noticed.promise,
      limitMs: 10_000,
    });
    const ready = await fetch(`${url}/api/avatar/ready`);
    expect([ready.status, ready.headers.get('retry-after'), ready.headers.get('connection')]).toEqual([503, '5', 'close']);
    expect(closed).toEqual([]);
    expect((await fetch(`${url}/api/avatar/health`)).status).toBe(200);
    noticed.resolve();
    await expect.poll(() => closed).toEqual(['relay', 'handler']);
    expect((await fetch(`${url}/api/avatar/ready/?x=1`)).status).toBe(503);
    relay.resolve();
    handler.resolve();
    expect(await done).toBe(true);
    await expect(fetch(`${url}/api/avatar/health`)).rejects.toThrow();
  });

  it('is cut short when it takes too long', async () => {
    const url = await open();
    const held = say(url, 'POST /api/avatar/session HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n');
    expect(await drain({ front, relay: { close: () => new Promise(() => undefined) }, handler: { close: async () => undefined }, untilNoticed: async () => undefined, limitMs: 50 })).toBe(false);
    await held;
  });
});
