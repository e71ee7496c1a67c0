import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAvatarHandler, type AvatarHandler, type AvatarServerOptions, type ServerLogEntry } from '../../../src/server.js';
import { startFakeVendor, type FakeVendor } from '../fakeVendor.js';
import { ORIGIN, SECRET } from '../serverHarness.js';

/** A framework with the handler under `/api/avatar`. */
export interface Mounted {
  /** Of the server, without a path; or of no server at all. */
  readonly baseUrl: string;
  /** As a browser asks: over HTTP where there is a server. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface AdapterTraits {
  /** Over a network, where a body may be slow and a client go away. */
  readonly hasServer: boolean;
}

/** What holds under every framework. */
export function describeAdapter(name: string, mount: (handler: AvatarHandler) => Promise<Mounted>, { hasServer }: AdapterTraits): void {
  describe(name, () => {
    let vendor: FakeVendor;
    let mounted: Mounted;
    let logs: ServerLogEntry[];
    let aborted: number;

    beforeEach(async () => {
      vendor = await startFakeVendor();
      logs = [];
      aborted = 0;
      const options: AvatarServerOptions = {
        secret: SECRET,
        authorize: async (request) => {
          request.signal.addEventListener('abort', () => (aborted += 1));
          const text = await request.text();
          return request.headers.get('cookie') === 'user=nobody' || text.includes('robot') ? null : { id: 'ada' };
        },
        allowedOrigins: [ORIGIN],
        akool: { apiKey: vendor.apiKey, discoveryUrl: vendor.discoveryUrl, defaultAvatarId: 'ava' },
        channel: { kind: 'loopback', url: 'ws://127.0.0.1:9/channel' },
        log: (entry) => logs.push(entry),
      };
      mounted = await mount(createAvatarHandler(options));
    });
    afterEach(async () => {
      await mounted.close();
      await vendor.close();
    });

    const post = (path: string, body?: string, headers: Record<string, string> = {}) =>
      mounted.fetch(`${mounted.baseUrl}/api/avatar${path}`, {
        method: 'POST',
        headers: { origin: ORIGIN, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body }),
      });
    const get = (path: string, headers: Record<string, string> = {}) => mounted.fetch(`${mounted.baseUrl}/api/avatar${path}`, { headers });
    const reasonOf = async (response: Response) => ((await response.json()) as { error: { reason: string } }).error.reason; // Compared by the caller.

    it('grants, renews and ends a session, with JSON, without a body and as a beacon', async () => {
      const granted = await post('/session', JSON.stringify({ avatarId: 'ava', sessionId: 'mine' }));
      expect([granted.status, granted.headers.get('cache-control'), granted.headers.get('access-control-allow-origin')]).toEqual([201, 'no-store', ORIGIN]);
      const grant = (await granted.json()) as { renewal: string; sessionId: string; avatar: { url: string } }; // Checked here.
      expect(grant.sessionId).toBe('mine');
      // Beside the route, whatever prefix the framework has taken off.
      expect(grant.avatar.url).toBe(`${mounted.baseUrl.replace(/^http/, 'ws')}/api/avatar/relay`);
      expect((await post('/session/renew', JSON.stringify({ renewal: grant.renewal, needs: 'channel' }))).status).toBe(200);
      const ended = await post('/session/end', JSON.stringify({ renewal: grant.renewal }), { 'content-type': 'text/plain;charset=UTF-8' });
      expect([ended.status, await ended.text()]).toEqual([204, '']);
      expect((await post('/session/renew', JSON.stringify({ renewal: grant.renewal }))).status).toBe(410);
      expect((await post('/session')).status).toBe(201);
    });

    it('answers preflights, lists, health, and what is not there', async () => {
      const headers = { origin: ORIGIN, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-csrf' };
      const preflight = await mounted.fetch(`${mounted.baseUrl}/api/avatar/session`, { method: 'OPTIONS', headers });
      expect([preflight.status, preflight.headers.get('access-control-allow-headers'), preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'content-type,x-csrf', 'GET,POST']);
      await post('/session', '{}');
      expect(await (await get('/sessions')).json()).toMatchObject({ items: [{ service: 'akool-streaming', avatarId: 'ava' }] });
      expect(await (await get('/health')).json()).toEqual({ ok: true });
      expect((await get('/session')).status).toBe(405);
      expect((await get('/elsewhere')).status).toBe(404);
    });

    it('refuses strangers, foreign pages, bodies that are too large, and what is no JSON', async () => {
      expect(await reasonOf(await post('/session', '{}', { cookie: 'user=nobody' }))).toBe('not-authorized');
      expect(await reasonOf(await post('/session', '{"who":"robot"}'))).toBe('not-authorized');
      expect(await reasonOf(await post('/session', '{}', { origin: 'https://evil.example.com' }))).toBe('origin-refused');
      expect((await post('/session', JSON.stringify({ renewal: 'x'.repeat(20_000) }))).status).toBe(413);
      expect((await post('/session', '{"sessionId":"a/b"}')).status).toBe(400);
      expect((await post('/session', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
      expect(vendor.discoveryRequests).toHaveLength(0);
    });

    it.runIf(hasServer)('gives up what it does for a client that goes away', async () => {
      vendor.discovery = () => 'hang';
      const { port } = new URL(mounted.baseUrl);
      const outgoing = httpRequest({ host: '127.0.0.1', port, path: '/api/avatar/session', method: 'POST', headers: { 'content-type': 'application/json' } });
      outgoing.on('error', () => {});
      outgoing.end('{}');
      await expect.poll(() => vendor.discoveryRequests.length).toBe(1);
      outgoing.destroy();
      await expect.poll(() => aborted).toBe(1);
      // The only node was given back, and nobody was told of a failure.
      vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [{ ip: '127.0.0.1', port: vendor.port, avatar_id: 'ava', status: 'available', healthy: true }] } } });
      await expect.poll(async () => (await post('/session', '{}')).status).toBe(201);
      expect(logs.map(({ event }) => event)).not.toContain('request-fail');
    });
  });
}
