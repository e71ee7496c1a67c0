import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogueClient } from '../../../src/client.js';
import { nextPageOf } from '../../../src/catalogue/CataloguePage.js';

const avatar = { avatarId: 'a1', name: 'Ada', gender: null, origin: 'own', status: 'ready', usable: true, voiceId: null, url: 'https://media.test/ada.mp4', thumbnailUrl: null };
const page = (items: unknown[], more: object = {}) => ({ items, total: items.length, page: 1, size: 50, ...more });

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let asked: Asked[];
let answer: (response: ServerResponse) => void;
let url: string;

function json(value: unknown, status = 200, headers: Record<string, string> = {}): void {
  answer = (response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk)).on('end', () => {
      asked.push({ method: request.method, url: request.url, headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/avatar`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('createCatalogueClient', () => {
  it('asks for what was asked and leaves the rest to the server', async () => {
    json(page([]));
    await createCatalogueClient(`${url}/`).listVoices({ page: 2, size: 10, streams: true, gender: 'Female', name: undefined });

    expect(asked[0]).toMatchObject({ method: 'GET', url: '/api/avatar/catalogue/voices?page=2&size=10&streams=true&gender=Female', body: '' });
  });

  it('sends the headers of the moment', async () => {
    json({ items: [] });
    let token = 1;
    const catalogue = createCatalogueClient({ url, headers: async () => ({ authorization: `Bearer ${token++}`, cookie: 'sid=1' }) });
    await catalogue.listSessions();
    await catalogue.listSessions();

    expect(asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer 1', 'Bearer 2']);
    expect(asked[0]?.headers.cookie).toBe('sid=1');
  });

  it('reads a page of avatars', async () => {
    json(page([avatar], { total: null }));

    expect(await createCatalogueClient(url).listAvatars()).toEqual({ items: [avatar], total: null, page: 1, size: 50 });
  });

  it('takes a word that it does not know for unknown, and leaves out an address that no page may load', async () => {
    json(page([{ ...avatar, status: 'dancing', thumbnailUrl: 'javascript:alert(1)', extra: true }]));
    const [read] = (await createCatalogueClient(url).listAvatars()).items;

    expect(read).toEqual({ ...avatar, status: 'unknown', thumbnailUrl: null });
  });

  it.each([
    ['no page', []],
    ['no list', { total: 1, page: 1, size: 1 }],
    ['an avatar without id', page([{ ...avatar, avatarId: '' }])],
    ['an avatar that may or may not be had', page([{ ...avatar, usable: 'yes' }])],
    ['half a page', page([], { page: 1.5 })],
    ['an item that is none', page([null])],
  ])('refuses %s, and not to be tried again', async (_, value) => {
    json(value);

    await expect(createCatalogueClient(url).listAvatars()).rejects.toMatchObject({ reason: 'request-failed', retryable: false });
  });

  it('rejects with what the server names, and when to come again', async () => {
    json({ error: { reason: 'rate-limited', message: 'Too many lists.', retryable: true } }, 429, { 'retry-after': '7' });

    await expect(createCatalogueClient(url).listLanguages()).rejects.toMatchObject({
      reason: 'rate-limited',
      message: 'Too many lists.',
      retryable: true,
      context: { status: 429, retryAfterMs: 7_000 },
    });
  });

  it('is not told by a proxy what went wrong, and says what it knows', async () => {
    answer = (response) => response.writeHead(502).end('<h1>Bad gateway</h1>');
    await expect(createCatalogueClient(url).listKnowledge()).rejects.toMatchObject({ reason: 'request-failed', retryable: true, context: { status: 502 } });

    answer = (response) => response.writeHead(200).end('<h1>Hello</h1>');
    await expect(createCatalogueClient(url).listKnowledge()).rejects.toMatchObject({ reason: 'request-failed', retryable: false });
  });

  it('ends a session by its name', async () => {
    answer = (response) => response.writeHead(204).end();
    await createCatalogueClient(url).endSession('s1');

    expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/avatar/sessions/end', body: '{"sessionId":"s1"}' });
  });

  it('has a session granted', async () => {
    json({ version: 1, sessionId: 's1', expiresAt: 5 }, 201);

    expect(await createCatalogueClient(url).createSession({ avatarId: 'a1' })).toEqual({ version: 1, sessionId: 's1', expiresAt: 5 });
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/avatar/session', body: '{"avatarId":"a1"}' });
  });

  it('gives up when its caller does', async () => {
    const controller = new AbortController();
    answer = () => controller.abort();

    await expect(createCatalogueClient(url).listAvatars({}, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses a relative URL where there is no page, once it is asked', async () => {
    const catalogue = createCatalogueClient('/api/avatar');

    await expect(catalogue.listAvatars()).rejects.toMatchObject({ reason: 'invalid-options' });
    await expect(catalogue.endSession('s1')).rejects.toMatchObject({ reason: 'invalid-options' });
  });

  it('is known by the same name on the server and in the page', () => {
    expect(createCatalogueClient('https://inside.test:8080/api/avatar/').name).toBe(createCatalogueClient('/api/avatar').name);
    expect(createCatalogueClient('/api/avatar', { name: 'user-7' }).name).toBe('user-7');
  });
});

describe('nextPageOf', () => {
  const of = (count: number, total: number | null, number = 1) => nextPageOf({ items: Array.from({ length: count }), total, page: number, size: 10 });

  it('goes on while the total says so', () => {
    expect([of(10, 25), of(10, 25, 2), of(5, 25, 3), of(10, 20, 2)]).toEqual([2, 3, null, null]);
  });

  it('goes on after full pages where nobody knows the total', () => {
    expect([of(10, null), of(9, null)]).toEqual([2, null]);
  });

  it('stops at an empty page, whatever the total says', () => {
    expect(of(0, 25, 2)).toBeNull();
  });
});
