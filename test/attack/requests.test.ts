import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventually, ORIGIN } from '../server/serverHarness.js';
import { openRaw } from './openRaw.js';
import { isSystem } from './startTarget.js';
import { ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

const target = useTarget();
const CANARY = 'X-Canary';
const HEADERS = `Host: app.example.com\r\nOrigin: ${ORIGIN}\r\nAuthorization: Bearer mallory\r\n`;
const SESSION = `POST /api/avatar/session HTTP/1.1\r\n${HEADERS}`;
const SMUGGLED = 'POST /api/avatar/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer smuggled\r\nContent-Length: 2\r\n\r\n{}';

/** Statuses of all answers that came before the server hung up. */
async function rawStatuses(bytes: string): Promise<number[]> {
  const peer = await openRaw(target());
  peer.send(bytes);
  await peer.status;
  peer.socket.end();
  await peer.closed;
  return [...peer.bytes().toString('latin1').matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}

describe('a request that could be taken for two is refused whole', () => {
  it.each<[string, string]>([
    ['with a length and chunks (CL.TE)', `${SESSION}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['with chunks and a length (TE.CL)', `${SESSION}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['with two lengths', `${SESSION}Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`],
    ['with a list of lengths', `${SESSION}Content-Length: 0, ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`],
    ['with a negative length', `${SESSION}Content-Length: -1\r\n\r\n${SMUGGLED}`],
    ['with a length in hex', `${SESSION}Content-Length: 0x0\r\n\r\n${SMUGGLED}`],
    ['with a signed length', `${SESSION}Content-Length: +0\r\n\r\n${SMUGGLED}`],
    ['with an unknown coding before chunks', `${SESSION}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['with chunks named twice', `${SESSION}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['with a blank before the colon', `${SESSION}Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n${SMUGGLED}`],
    ['with a chunk length that overflows', `${SESSION}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n\r\n${SMUGGLED}`],
    ['with a chunk that is longer than it says', `${SESSION}Transfer-Encoding: chunked\r\n\r\n2\r\n{}X\r\n0\r\n\r\n${SMUGGLED}`],
    ['with a line feed alone after its head', `${SESSION.replace('\r\nOrigin', '\nOrigin')}Content-Length: 0\r\n\r\n${SMUGGLED}`],
    ['with a carriage return alone in a header', `${SESSION}X-A: b\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n${SMUGGLED}`],
    ['with a header that goes on in the next line', `${SESSION}Transfer-Encoding:\r\n chunked\r\nContent-Length: 0\r\n\r\n${SMUGGLED}`],
    ['with two hosts', `POST /api/avatar/session HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 0\r\n\r\n`],
    ['without a host', `POST /api/avatar/session HTTP/1.1\r\nContent-Length: 0\r\n\r\n`],
    ['with a host that is none', `POST /api/avatar/session HTTP/1.1\r\nHost: [::1\r\nContent-Length: 0\r\n\r\n`],
    ['with a host and a user name', `POST /api/avatar/session HTTP/1.1\r\nHost: app.example.com@evil.example.com\r\nContent-Length: 0\r\n\r\n`],
    ['in a version of HTTP that does not exist', 'GET /api/avatar/health HTTP/9.9\r\nHost: a\r\n\r\n'],
    ['with a blank in its path', `GET /api/avatar/health x HTTP/1.1\r\nHost: a\r\n\r\n`],
    ['with headers of 100 KB', `GET /api/avatar/health HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`],
  ])('%s', async (_attack, bytes) => {
    const [first = 400] = await rawStatuses(bytes);
    expect([400, 401, 403, 413, 431, 501, 505]).toContain(first);
    // Had the second request been read, its user would have been granted a session.
    expect(target().logs.filter(({ event }) => event === 'session-grant')).toEqual([]);
  });
});

describe('a header cannot be made by', () => {
  it.each<[string, string, Record<string, string>]>([
    ['a session\'s name', '/session', { sessionId: `a\r\n${CANARY}: 1` }],
    ['an avatar\'s name', '/session', { avatarId: `a\r\n${CANARY}: 1` }],
    ['a renewal\'s reason', '/session/renew', { reason: `a\r\n${CANARY}: 1`, renewal: 'x' }],
    ['a path', `/session%0d%0a${CANARY}:1`, {}],
    ['a query', `/health?a=%0d%0a${CANARY}:1`, {}],
  ])('%s', async (_attack, path, body) => {
    const { status, headers } = await target().ask(path, { body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers.get(CANARY)).toBeNull();
    expect(target().vendor.discoveryRequests.every((seen) => seen.headers[CANARY.toLowerCase()] === undefined)).toBe(true);
  });

  it('a session\'s name on the way to the node', async () => {
    const page = target().open(ticketOf(await target().grant('mallory', { sessionId: 'a-_9'.repeat(16) })));
    await page.until(isSystem);
    expect(target().vendor.sockets[0]?.request.url).toBe(`/streamingAvatar/ws/v1?session_id=${'a-_9'.repeat(16)}&avatar_id=ava`);
  });
});

describe('no route is reached by', () => {
  it.each([
    ['an encoded slash', '/api/avatar%2fsession'],
    ['an encoded letter', '/api/avatar/%73ession'],
    ['a backslash', '/api/avatar\\..\\x'],
    ['a zero byte', '/api/avatar/session%00'],
    ['a semicolon', '/api/avatar/session;x=1'],
    ['a letter in upper case', '/api/avatar/SESSION'],
    ['a letter that looks alike', '/api/avatar/s%D0%B5ssion'],
    ['a full-width slash', '/api/avatar%EF%BC%8Fsession'],
    ['an extension', '/api/avatar/session.json'],
    ['overlong UTF-8', '/api/avatar/%c0%afsession%c0%af'],
    ['a path of a megabyte of dots', `/api/avatar/${'../'.repeat(4_000)}x`],
  ])('%s', async (_attack, path) => {
    const statuses = await rawStatuses(`POST ${path} HTTP/1.1\r\n${HEADERS}Content-Length: 2\r\nConnection: close\r\n\r\n{}`);
    expect(statuses).toHaveLength(1);
    expect([400, 404, 431]).toContain(statuses[0]);
    expect(target().logs.filter(({ event }) => event === 'session-grant')).toEqual([]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'HEAD'])('%s on the session route', async (method) => {
    const [status] = await rawStatuses(`${method} /api/avatar/session HTTP/1.1\r\n${HEADERS}Connection: close\r\n\r\n`);
    expect([404, 405]).toContain(status);
  });

  it('a header that names another method or path', async () => {
    const overrides = { 'x-http-method-override': 'POST', 'x-method-override': 'POST', 'x-original-url': '/api/avatar/session', 'x-rewrite-url': '/api/avatar/session' };
    expect((await target().ask('/health', { method: 'GET', headers: overrides })).text).toBe('{"ok":true}');
    expect(target().logs.filter(({ event }) => event === 'session-grant')).toEqual([]);
  });
});

describe('the relay\'s address in a grant does not follow', () => {
  it.each(['x-forwarded-host', 'x-forwarded-server', 'x-host', 'forwarded'])('the header %s', async (name) => {
    const { text } = await target().ask('/session', { headers: { [name]: name === 'forwarded' ? 'host=evil.example.com' : 'evil.example.com' } });
    expect(text).toContain(`ws://127.0.0.1:${target().port}/api/avatar/relay`);
    expect(text).not.toContain('evil');
  });
});

describe('a body is refused', () => {
  it.each<[string, string, number]>([
    ['over its limit', `{"avatarId":"${'a'.repeat(40_000)}"}`, 413],
    ['over its limit by blanks', `{}${' '.repeat(40_000)}`, 413],
    ['that is compressed', gzipSync('{}').toString('latin1'), 400],
    ['in UTF-16', Buffer.from('\ufeff{}', 'utf16le').toString('latin1'), 400],
    ['that is a form', 'avatarId=ava&sessionId=x', 400],
    ['that is XML with an entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 400],
  ])('%s', async (_attack, body, status) => {
    expect(await target().ask('/session', { body, headers: { 'content-encoding': 'gzip' } })).toMatchObject({ status });
  });

  it('that has no end, before it is all there', async () => {
    const { port } = target();
    const upload = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/avatar/session', headers: { origin: ORIGIN, authorization: 'Bearer mallory' } });
    upload.on('error', () => undefined);
    const answered = new Promise<number>((resolve) => upload.on('response', (response) => resolve(response.statusCode ?? 0)));
    let isOver = false;
    void answered.then(() => (isOver = true));
    const more = (): void => void (isOver || upload.write('a'.repeat(1_000), () => setImmediate(more)));
    more();
    expect(await answered).toBe(413);
    upload.destroy();
  });

  it('that breaks off, with nothing granted', async () => {
    const peer = await openRaw(target());
    peer.send(`${SESSION}Content-Length: 100\r\n\r\n{"avatarId":`);
    peer.socket.end();
    await peer.closed;
    await eventually(() => target().logs.some(({ event }) => event === 'request-fail'));
    expect(target().vendor.discoveryRequests).toHaveLength(0);
  });
});
