import dns from 'node:dns';
import { createServer, type Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import { eventually } from '../server/serverHarness.js';
import { startTarget, type Target } from './startTarget.js';
import { ticketOf } from './ticketOf.js';
import { useTarget } from './useTarget.js';

/** A discovery that is not on this machine, so that nothing of this machine is permitted. */
const FAR = 'http://discovery.example.com:8051';
const METADATA = '169.254.169.254';
const node = (ip: unknown, port: unknown = 80): object => ({ ip, port, avatar_id: 'ava', status: 'available', healthy: true });

let target: Target;
/** What somebody who can forge discovery's answer puts in it. */
let forged: object[];
let canary: Server;
let canaryPort: number;
let reached: string[];
let resolvedNames: string[];
const lookup = dns.lookup;

beforeEach(async () => {
  [reached, resolvedNames] = [[], []];
  canary = createServer((request, response) => {
    reached.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.end();
  }).on('upgrade', (request, socket) => {
    reached.push(`upgrade ${request.url} ${JSON.stringify(request.headers)}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.listen(0, '0.0.0.0', resolve));
  canaryPort = (canary.address() as AddressInfo).port; // A server that listens on TCP has one.
  const { fetch: realFetch } = globalThis;
  vi.stubGlobal('fetch', (...[input, init]: Parameters<typeof fetch>) => {
    const url = new URL(input instanceof Request ? input.url : input);
    return url.origin === FAR ? Promise.resolve(Response.json({ code: 1000, data: { instances: forged } })) : realFetch(input, init);
  });
  target = await startTarget(({ akool }) => ({ akool: akool && { ...akool, discoveryUrl: FAR } }));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  Object.assign(dns, { lookup });
  syncBuiltinESMExports();
  expect(target.witness.leaks()).toEqual([]);
  await target.close();
  canary.closeAllConnections();
  await new Promise((resolve) => canary.close(resolve));
});

/** Resolves every name to these addresses, as a name server of the attacker's would. */
function resolveTo(...addresses: string[]): void {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const fake = (name: string, _options: dns.LookupAllOptions, callback: (error: null, addresses: dns.LookupAddress[]) => void): void => {
    resolvedNames.push(name);
    callback(null, found);
  };
  Object.assign(dns, { lookup: fake });
  syncBuiltinESMExports();
}

describe('discovery cannot lead the server to', () => {
  it.each<[string, unknown]>([
    ['this machine', '127.0.0.1'],
    ['another address of this machine', '127.8.8.8'],
    ['this machine by name', 'localhost'],
    ['this machine by name with a dot', 'localhost.'],
    ['a name below localhost', 'db.localhost'],
    ['no address at all, which is this machine', '0.0.0.0'],
    ['a short zero', '0'],
    ['this machine in IPv6', '::1'],
    ['no address in IPv6', '::'],
    ['this machine in IPv6 with brackets', '[::1]'],
    ['the metadata of a cloud', METADATA],
    ['the metadata as one number', '2852039166'],
    ['the metadata in hex', '0xa9fea9fe'],
    ['the metadata in octal', '0251.0376.0251.0376'],
    ['the metadata in three parts', '169.254.43518'],
    ['the metadata mapped into IPv6', '::ffff:169.254.169.254'],
    ['the metadata mapped into IPv6 in hex', '::ffff:a9fe:a9fe'],
    ['the metadata behind NAT64', '64:ff9b::a9fe:a9fe'],
    ['the metadata behind 6to4', '2002:a9fe:a9fe::1'],
    ['the metadata in a compatible IPv6 address', '::a9fe:a9fe'],
    ['the metadata of AWS in IPv6', 'fd00:ec2::254'],
    ['the metadata in full-width digits', '\uff11\uff16\uff19.254.169.254'],
    ['a private network: 10', '10.0.0.5'],
    ['a private network: 172.16', '172.31.255.1'],
    ['a private network: 192.168', '192.168.1.1'],
    ['the network of a carrier', '100.64.0.1'],
    ['a link-local address in IPv6', 'fe80::1'],
    ['a link-local address with its zone', 'fe80::1%25eth0'],
    ['a private network in IPv6', 'fc00::1'],
    ['many machines at once', '224.0.0.1'],
    ['everybody', '255.255.255.255'],
    ['a name without a dot', 'redis'],
    ['a name with a user in front', 'user:password@8.8.8.8'],
    ['a name with a path', '8.8.8.8/../admin'],
    ['a name with a query', '8.8.8.8?x='],
    ['a name with a fragment', '8.8.8.8#'],
    ['a name with a port of its own', '8.8.8.8:6379'],
    ['a name with a line end', '8.8.8.8\r\nX-Evil: 1'],
    ['a name with a blank', '8.8.8.8 evil'],
    ['a name with a zero byte', '8.8.8.8\0.example.com'],
    ['a name that is a URL', 'http://8.8.8.8'],
    ['a name that is too long', `${'a.'.repeat(200)}example.com`],
    ['an address that is a list', ['8.8.8.8']],
    ['an address that is a number', 2_852_039_166],
  ])('%s', async (_attack, ip) => {
    forged = [node(ip, canaryPort)];
    expect(await target.ask('/session')).toMatchObject({ status: 503, reason: 'no-avatar-available' });
    expect(reached).toEqual([]);
  });

  it.each([0, -1, 65_536, 1.5, 'ssh', '80@evil', null, [], 2 ** 53])('the port %j', async (port) => {
    forged = [node('8.8.8.8', port)];
    expect(await target.ask('/session')).toMatchObject({ status: 503, reason: 'no-avatar-available' });
  });

  it.each<[string, number]>([
    ['remote shell', 22],
    ['mail', 25],
    ['name server', 53],
    ['directory', 389],
    ['file share', 445],
    ['container daemon', 2375],
    ['database', 5432],
    ['Redis', 6379],
    ['orchestrator', 10_250],
    ['cache', 11_211],
  ])('a %s of a public address, port %i, which would read the handshake as commands', async (_attack, port) => {
    forged = [node('8.8.8.8', port), node('smtp.example.com', String(port)), node('2606:4700::1111', port)];
    expect(await target.ask('/session')).toMatchObject({ status: 503, reason: 'no-avatar-available' });
  });

  it('a port that the operator has refused, on a host that the operator has listed', async () => {
    const strict = await startTarget(({ akool }) => ({ akool: akool && { ...akool, discoveryUrl: FAR, allowedHosts: ['127.0.0.1'], refusedPorts: [canaryPort] } }));
    forged = [node('127.0.0.1', canaryPort)];
    expect(await strict.ask('/session')).toMatchObject({ status: 503, reason: 'no-avatar-available' });
    expect(reached).toEqual([]);
    await strict.close();
  });

  it.each<[string, readonly string[]]>([
    ['the metadata of a cloud', [METADATA]],
    ['this machine', ['127.0.0.1']],
    ['this machine in IPv6', ['::1']],
    ['this machine mapped into IPv6', ['::ffff:127.0.0.1']],
    ['a private network', ['10.1.2.3', '192.168.0.1']],
  ])('%s behind a name that looks public', async (_attack, addresses) => {
    resolveTo(...addresses);
    forged = [node('node-1.example.com', canaryPort)];
    const page = target.open(ticketOf(await target.grant('mallory')));
    expect(await page.closed).toMatchObject({ code: RELAY_CLOSE.upstreamUnreachable });
    expect(resolvedNames).toContain('node-1.example.com');
    expect(reached).toEqual([]);
    await eventually(() => target.relay.connections === 0);
  });

  it('any name but one that the operator has listed: that one is reached where it leads', async () => {
    const listed = await startTarget(({ akool }) => ({ akool: akool && { ...akool, discoveryUrl: FAR, allowedHosts: ['node-1.example.com'] } }));
    resolveTo('127.0.0.1');
    forged = [node('node-1.example.com', canaryPort)];
    await listed.open(ticketOf(await listed.grant('mallory'))).closed;
    expect(reached).toHaveLength(1);
    await listed.close();
  });

  it('a private address that stands behind a public one of the same name', async () => {
    resolveTo('127.0.0.1', '203.0.113.1');
    forged = [node('node-1.example.com', canaryPort)];
    expect(await target.open(ticketOf(await target.grant('mallory'))).closed).toMatchObject({ code: RELAY_CLOSE.upstreamUnreachable });
    expect(reached).toEqual([]);
  });

  it('a place that is not on the operator\'s list, be it ever so public', async () => {
    const listed = await startTarget(({ akool }) => ({ akool: akool && { ...akool, discoveryUrl: FAR, allowedHosts: ['198.51.100.0/24', 'nodes.example.com'] } }));
    for (const ip of ['8.8.8.8', '198.51.101.1', 'nodes.example.com.evil.org', 'x.nodes.example.com', '127.0.0.1', '::ffff:8.8.8.8']) {
      forged = [node(ip, canaryPort)];
      expect(await listed.ask('/session')).toMatchObject({ status: 503, reason: 'no-avatar-available' });
    }
    await listed.close();
  });
});

describe('a vendor cannot send the server elsewhere', () => {
  const near = useTarget();

  it('by a redirect of discovery, which would take the key along', async () => {
    near().vendor.discovery = () => ({ status: 307, body: '', location: `http://127.0.0.1:${canaryPort}/steal` });
    expect(await near().ask('/session')).toMatchObject({ status: 503, reason: 'discovery-failed' });
    expect(reached).toEqual([]);
  });

  it('by a redirect of a node', async () => {
    const redirecting = createServer().on('upgrade', (_request, socket) => socket.end(`HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:${canaryPort}/steal\r\nContent-Length: 0\r\n\r\n`));
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    const { port } = redirecting.address() as AddressInfo; // A server that listens on TCP has one.
    near().vendor.discovery = () => ({ status: 200, body: { code: 1000, data: { instances: [node('127.0.0.1', port)] } } });
    expect(await near().open(ticketOf(await near().grant('mallory'))).closed).toMatchObject({ code: RELAY_CLOSE.upstreamUnreachable });
    expect(reached).toEqual([]);
    await new Promise((resolve) => redirecting.close(resolve));
  });

  it.each(['ws://169.254.169.254', 'ws://10.0.0.1', 'http://127.0.0.1', 'ws://user:pw@127.0.0.1', 'file:///etc', 'ws://[::ffff:a9fe:a9fe]', 'ws://2852039166'])('by a chat room at %s', async (base) => {
    near().live.chatBase = base;
    const { status } = await near().ask('/session', { body: { service: 'akool-chat-room' } });
    expect(status).toBeGreaterThanOrEqual(500);
    expect(near().live.open()).toEqual([]);
  });
});
