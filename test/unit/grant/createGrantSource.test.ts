import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createGrantSource } from '../../../src/grant/createGrantSource.js';
import type { Grant } from '../../../src/grant/grant.js';

const grant: Grant = { version: 1, sessionId: 's', expiresAt: 4e12, renewal: 'pass' };
const signal = new AbortController().signal;
const start = { purpose: 'start' as const, previous: null, wishes: { avatarId: 'anna' }, signal };
const renew = { purpose: 'renew' as const, previous: grant, wishes: {}, signal };

const cleanUps: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function serve(answer: (request: IncomingMessage, body: string, response: ServerResponse) => void) {
  const requests: { url: string | undefined; method: string | undefined; body: string; type: string | undefined }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      requests.push({ url: request.url, method: request.method, body, type: request.headers['content-type'] });
      answer(request, body, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/avatar/`, requests };
}

const json = (status: number, body: unknown) => (_request: IncomingMessage, _body: string, response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

describe('createGrantSource with a URL', () => {
  it('asks for a session with the wishes, renews with the pass, and says when it is over', async () => {
    const { url, requests } = await serve(json(200, grant));
    const source = createGrantSource(url);
    expect(await source.request(start)).toEqual(grant);
    expect(await source.request(renew)).toEqual(grant);
    await source.end(grant, { leaving: false });
    expect(requests).toEqual([
      { url: '/api/avatar/session', method: 'POST', body: '{"avatarId":"anna"}', type: 'application/json' },
      { url: '/api/avatar/session/renew', method: 'POST', body: '{"renewal":"pass"}', type: 'application/json' },
      { url: '/api/avatar/session/end', method: 'POST', body: '{"renewal":"pass"}', type: 'text/plain' },
    ]);
  });

  it.each<[number, unknown, object]>([
    [503, { error: { reason: 'no-avatar-available', message: 'All are busy.', retryable: true } }, { reason: 'no-avatar-available', message: 'All are busy.', retryable: true }],
    [502, { error: { reason: 'key-rejected', message: 'x' } }, { reason: 'key-rejected', retryable: false }],
    [401, {}, { reason: 'not-authorized', retryable: false }],
    [403, null, { reason: 'not-authorized' }],
    [429, {}, { reason: 'rate-limited', retryable: true }],
    [500, { error: { reason: 'no such reason' } }, { reason: 'grant-failed', retryable: true }],
    [404, 'text', { reason: 'grant-failed', retryable: false }],
  ])('says what HTTP %i with %o means', async (status, body, expected) => {
    const { url } = await serve(json(status, body));
    await expect(createGrantSource(url).request(start)).rejects.toMatchObject(expected);
  });

  it('sends the headers that it is given, asked for anew each time, and the goodbye without them', async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await serve((request, _body, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(200).end(JSON.stringify(grant));
    });
    let token = 0;
    const source = createGrantSource({ url, headers: async () => ({ authorization: `Bearer ${++token}` }), credentials: 'include' });
    await source.request(start);
    await source.request(renew);
    await source.end(grant, { leaving: false });
    expect(seen).toEqual(['Bearer 1', 'Bearer 2', undefined]);
  });

  it('explains headers that cannot be had', async () => {
    const source = createGrantSource({ url: 'http://127.0.0.1:9', headers: () => Promise.reject(new Error('signed out')) });
    await expect(source.request(start)).rejects.toMatchObject({ reason: 'grant-failed', message: expect.stringContaining('headers') });
  });

  it('tells how long a server that refuses asks to be left alone', async () => {
    const { url } = await serve((_request, _body, response) => {
      response.writeHead(429, { 'retry-after': '7' }).end(JSON.stringify({ error: { reason: 'rate-limited', message: 'Too many.', retryable: true } }));
    });
    await expect(createGrantSource(url).request(start)).rejects.toMatchObject({ reason: 'rate-limited', context: { status: 429, retryAfterMs: 7000 } });
  });

  it('explains an answer that is no grant', async () => {
    const { url } = await serve((_request, _body, response) => response.end('<!doctype html>'));
    await expect(createGrantSource(url).request(start)).rejects.toMatchObject({ reason: 'grant-invalid' });
    const { url: other } = await serve(json(200, { ...grant, version: 2 }));
    await expect(createGrantSource(other).request(start)).rejects.toMatchObject({ reason: 'grant-invalid', context: { field: 'version' } });
  });

  it('explains a server that is not there, and never fails to end', async () => {
    const source = createGrantSource('http://127.0.0.1:1');
    await expect(source.request(start)).rejects.toMatchObject({ reason: 'grant-failed', retryable: true });
    await source.end(grant, { leaving: false });
  });

  it('does not take an answer that broke off for an answer that is no grant', async () => {
    const { url } = await serve((request, _body, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('{"version":1,', () => request.socket.destroy());
    });
    await expect(createGrantSource(url).request(start)).rejects.toMatchObject({ reason: 'grant-failed', retryable: true });
  });

  it('works in a browser that can neither join signals nor check URLs', async () => {
    const { any } = AbortSignal;
    const { canParse } = URL;
    cleanUps.push(() => Object.assign(AbortSignal, { any }), () => Object.assign(URL, { canParse }));
    Object.assign(AbortSignal, { any: undefined });
    Object.assign(URL, { canParse: undefined });
    const channel = { kind: 'loopback', appId: 'a', channel: 'c', token: 't', uid: 1, avatarUid: 2, tokenExpiresAt: 4e12, url: 'ws://127.0.0.1/channel' };
    const { url } = await serve(json(200, { ...grant, channel }));
    expect(await createGrantSource(url).request(start)).toEqual({ ...grant, channel });
    const controller = new AbortController();
    const { url: silent } = await serve(() => controller.abort());
    await expect(createGrantSource(silent).request({ ...start, signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('stops at once when aborted, and does not call that an error of the server', async () => {
    const controller = new AbortController();
    const { url } = await serve(() => controller.abort());
    await expect(createGrantSource(url).request({ ...start, signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('createGrantSource with a function or an object', () => {
  it('checks what the function returns', async () => {
    await expect(createGrantSource(async () => ({ nonsense: true })).request(start)).rejects.toMatchObject({ reason: 'grant-invalid' });
    expect(await createGrantSource(async ({ purpose }) => ({ ...grant, sessionId: purpose })).request(renew)).toMatchObject({ sessionId: 'renew' });
  });

  it('gives an object once, and says that it cannot be renewed', async () => {
    const source = createGrantSource(grant);
    expect(await source.request(start)).toEqual(grant);
    await expect(source.request(renew)).rejects.toMatchObject({ reason: 'ticket-expired', retryable: false });
  });
});
