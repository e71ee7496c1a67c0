import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { checkDeployed } from '../../../src/cli/doctor/checkDeployed.js';
import type { Finding } from '../../../src/cli/doctor/finding.js';
import { ORIGIN, startServer, type ServerHarness } from '../serverHarness.js';
import { acceptWith, closedPort, refuseWith, startFakeServer, type FakeServer, type FakeServerRoutes } from './fakeServer.js';

const signal = (): AbortSignal => AbortSignal.timeout(5_000);
const BASE = '/api/avatar';

let harness: ServerHarness | null = null;
const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await harness?.close();
  harness = null;
});

/** A server as it should be, but for what the test wants otherwise. */
async function fake({ onRequest, onUpgrade }: FakeServerRoutes = {}): Promise<URL> {
  const server = await startFakeServer({
    onRequest: onRequest ?? answerWell,
    onUpgrade: onUpgrade ?? acceptWith((socket) => socket.close(4401), 'visavis.v1'),
  });
  servers.push(server);
  return new URL(BASE, server.url);
}

function answerWell(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.origin === ORIGIN) response.setHeader('access-control-allow-origin', ORIGIN).setHeader('access-control-allow-methods', 'GET,POST');
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
}

const of = (findings: readonly Finding[], check: string): Finding[] => findings.filter((finding) => finding.check === check);

describe('the doctor looks at a running server from outside', () => {
  it('finds all well where it is', async () => {
    harness = await startServer();
    const findings = await checkDeployed(new URL(harness.baseUrl), [ORIGIN], signal);
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(['url', 'health', 'ready', 'cors', 'cors', 'relay']);
  });

  it('finds an origin that the server does not know', async () => {
    harness = await startServer();
    const findings = await checkDeployed(new URL(harness.baseUrl), ['https://other.example.com'], signal);
    expect(of(findings, 'cors')[0]).toMatchObject({ status: 'fail', fix: 'Start it with --origin https://other.example.com' });
    expect(of(findings, 'relay')).toMatchObject([{ status: 'fail', message: 'The relay refuses https://other.example.com.' }]);
  });

  it('stops at a server that does not answer', async () => {
    const url = new URL(`http://127.0.0.1:${await closedPort()}${BASE}`);
    expect(await checkDeployed(url, [ORIGIN], signal)).toMatchObject([{ check: 'health', status: 'fail', fix: expect.stringContaining('curl') }]);
  });

  it.each<[string, number, RegExp]>([
    ['a wrong base', 404, /no session route/],
    ['a proxy without its server', 502, /does not reach the server/],
    ['a redirect', 301, /sends elsewhere/],
  ])('tells of %s', async (_case, status, message) => {
    const url = await fake({ onRequest: (_request, response) => response.writeHead(status, { location: 'https://elsewhere.example.com' }).end() });
    expect(await checkDeployed(url, [ORIGIN], signal)).toMatchObject([{ check: 'health', status: 'fail', message: expect.stringMatching(message) }]);
  });

  it('warns of one that is not ready', async () => {
    const url = await fake({ onRequest: (request, response) => (request.url?.endsWith('/ready') === true ? response.writeHead(503).end() : answerWell(request, response)) });
    expect(of(await checkDeployed(url, [ORIGIN], signal), 'ready')).toMatchObject([{ status: 'warn', message: 'The server is not ready (status 503).' }]);
  });

  it('finds a proxy that answers preflights itself, and one that allows everybody', async () => {
    const silent = await fake({ onRequest: (request, response) => (request.method === 'OPTIONS' ? response.writeHead(405).end() : answerWell(request, response)) });
    expect(of(await checkDeployed(silent, [ORIGIN], signal), 'cors')[0]).toMatchObject({ status: 'fail', message: expect.stringMatching(/405/) });
    const open = await fake({
      onRequest(request, response) {
        response.setHeader('access-control-allow-origin', request.headers.origin ?? '*').setHeader('access-control-allow-methods', 'POST');
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      },
    });
    expect(of(await checkDeployed(open, [ORIGIN], signal), 'cors')).toMatchObject([{ status: 'ok' }, { status: 'fail', message: expect.stringMatching(/Any page may ask/) }]);
  });

  it.each<[string, FakeServerRoutes['onUpgrade'], Finding['status'], RegExp]>([
    ['a proxy that passes no upgrades', refuseWith(400), 'fail', /status 400/],
    ['a path that the proxy does not know', refuseWith(404), 'fail', /status 404/],
    ['a proxy that loses the relay', refuseWith(502), 'fail', /does not reach the relay/],
    ['a relay that is full', refuseWith(503), 'warn', /full or stops/],
    ['a proxy that strips the subprotocol', acceptWith(() => undefined, false), 'fail', /does not select visavis\.v1/],
    ['a proxy that changes what is offered', acceptWith((socket) => socket.close(4400), 'visavis.v1'), 'fail', /not with what was offered/],
    ['a relay that drains', acceptWith((socket) => socket.close(4503), 'visavis.v1'), 'warn', /and stops/],
    ['a relay with too many connections', acceptWith((socket) => socket.close(4429), 'visavis.v1'), 'warn', /and full/],
    ['a relay that fails', acceptWith((socket) => socket.close(1011), 'visavis.v1'), 'warn', /closes with 1011/],
    ['a connection that breaks', (_request, socket) => void socket.destroy(), 'fail', /broke in its handshake/],
  ])('tells of %s', async (_case, onUpgrade, status, message) => {
    const url = await fake(onUpgrade === undefined ? {} : { onUpgrade });
    expect(of(await checkDeployed(url, [ORIGIN], signal), 'relay')).toMatchObject([{ status, message: expect.stringMatching(message), fix: expect.any(String) }]);
  });

  it('does not wait for a relay that never answers', async () => {
    const url = await fake({ onUpgrade: () => undefined });
    expect(of(await checkDeployed(url, [ORIGIN], () => AbortSignal.timeout(300)), 'relay')).toMatchObject([{ status: 'fail', message: 'The relay did not answer in time.' }]);
  });
});
