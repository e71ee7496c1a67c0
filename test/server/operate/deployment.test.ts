import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { checkDeployed } from '../../../src/cli/doctor/checkDeployed.js';
import { startEmulator, type Emulator } from '../../../src/emulator/startEmulator.js';
import type { Grant } from '../../../src/grant/grant.js';
import { relaySubprotocols } from '../../../src/grant/relayProtocol.js';
import { createRedisLedger } from '../../../src/server.js';
import { startRedis, type TestRedis } from '../ledger/startRedis.js';
import { admissionOf } from '../serverHarness.js';
import { buildCli, type BuiltCli } from './buildCli.js';
import { startBalancer, type Balancer } from './startBalancer.js';
import { startInstance, type Instance } from './startInstance.js';

const ORIGIN = 'http://localhost:5173';
const TOKEN = 'operator-token-of-the-test';

let emulator: Emulator;
let redis: TestRedis;
let cli: BuiltCli;
let balancer: Balancer;
let instances: [Instance, Instance];

const start = (): Promise<Instance> =>
  startInstance(cli, ['--emulator', emulator.url, '--metrics-port', '0', '--drain-seconds', '10'], { REDIS_URL: redis.url, VISAVIS_SECRET: 'the-same-secret-on-each-instance-0001', VISAVIS_OPERATOR_TOKEN: TOKEN });

beforeAll(async () => {
  [emulator, redis, cli] = await Promise.all([startEmulator({ nodes: 4, reconnectCooldownMs: 0 }), startRedis(), buildCli()]);
  instances = await Promise.all([start(), start()]);
  balancer = await startBalancer([instances[0].port, instances[1].port]);
}, 60_000);

afterAll(async () => {
  await balancer.close();
  for (const instance of instances) instance.kill('SIGKILL');
  await Promise.all(instances.map(({ exited }) => exited));
  await Promise.all([emulator.close(), redis.close(), cli.remove()]);
});

async function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${balancer.url}/api/avatar${path}`, { method: 'POST', headers: { origin: ORIGIN, 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** A page's relay socket, once the node has greeted. */
async function openRelay(grant: Grant): Promise<{ socket: WebSocket; closed: Promise<number> }> {
  const { url, ticket } = admissionOf(grant);
  const socket = new WebSocket(url, relaySubprotocols(ticket), { origin: ORIGIN });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('error', reject);
    void closed.then((code) => reject(new Error(`closed with ${code}`)));
  });
  return { socket, closed };
}

const grantOf = async (response: Response): Promise<Grant> => (await response.json()) as Grant; // The shape is checked by its own test.
/** The instance that holds the relay connection of a session. */
async function holderOf(sessionId: string, among: readonly Instance[]): Promise<Instance> {
  return Promise.any(among.map(async (instance) => (await instance.logged('relay-open', (line) => line['sessionId'] === sessionId), instance)));
}

describe('two instances, one Redis and the balancer of deploy/', () => {
  it('look well from outside', async () => {
    const findings = await checkDeployed(new URL('/api/avatar', balancer.url), [ORIGIN], () => AbortSignal.timeout(5_000));
    expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect((await fetch(`${balancer.url}/api/avatar/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(404);
  });

  it('carry a session on when the instance that holds it is stopped', async () => {
    const response = await post('/session', {});
    expect(response.status).toBe(201);
    const grant = await grantOf(response);
    expect(new URL(admissionOf(grant).url).host).toBe(new URL(balancer.url).host);
    const { closed } = await openRelay(grant);
    const stopped = await holderOf(grant.sessionId, instances);
    const other = instances[0] === stopped ? instances[1] : instances[0];

    stopped.kill('SIGTERM');
    expect(await closed).toBe(4503);
    const renewed = await post('/session/renew', { renewal: grant.renewal });
    expect(renewed.status).toBe(200);
    const again = await grantOf(renewed);
    expect(again.sessionId).toBe(grant.sessionId);
    const resumed = await openRelay(again);
    expect(await holderOf(grant.sessionId, [other])).toBe(other);

    expect(await stopped.exited).toEqual({ code: 0, signal: null });
    const events = stopped.lines.map((line) => line['event']);
    expect(events.indexOf('server-drain')).toBeLessThan(events.indexOf('relay-close'));
    expect(events.at(-1)).toBe('server-stop');
    expect(stopped.lines.at(-1)).toMatchObject({ complete: true });

    // All that is left is the other one.
    expect((await post('/session', {})).status).toBe(201);
    resumed.socket.close(1000);
    await resumed.closed;
  });

  it('shows its figures to whoever has the token, on a port of their own', async () => {
    const left = instances.find(({ lines }) => !lines.some((line) => line['event'] === 'server-drain'));
    const read = (token: string): Promise<Response> => fetch(left?.metricsUrl ?? '', { headers: { authorization: `Bearer ${token}` } });
    const text = await (await read(TOKEN)).text();
    expect(text).toMatch(/^visavis_relay_opened_total\{target="akool-streaming"\} [1-9]/m);
    expect(text).toMatch(/^visavis_sessions_granted_total\{/m);
    expect(text).toMatch(/^visavis_process_resident_memory_bytes /m);
    expect((await read('another')).status).toBe(401);
  });

  it('close, as soon as one starts, what another left open at a vendor', async () => {
    const ledger = createRedisLedger({ redis: redis.connect() });
    const vendorId = 'left-open-by-a-crash';
    await ledger.vendorSessions.note({ vendorId, session: 'key', sessionId: 'left-open', dueAt: Date.now() - 1, endsAt: Date.now() + 600_000, closings: 0 });
    const started = await start();
    await started.logged('hosted-close', (line) => line['sessionId'] === 'left-open');
    await expect.poll(() => ledger.vendorSessions.find('key')).toBeNull();
    started.kill('SIGTERM');
    expect((await started.exited).code).toBe(0);
  });

  it('are gone at once when they are told to stop a second time', async () => {
    const started = await start();
    // Somebody whose request takes its time.
    const slow = connect(started.port, '127.0.0.1');
    slow.on('error', () => undefined);
    slow.write(`POST /api/avatar/session HTTP/1.1\r\nHost: a\r\nOrigin: ${ORIGIN}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
    await once(slow, 'ready');
    // Answered after the slow one was taken, since connections are taken in their order.
    expect((await fetch(`${started.url}/health`)).status).toBe(200);
    started.kill('SIGTERM');
    await started.logged('server-drain');
    started.kill('SIGTERM');
    expect(await started.exited).toEqual({ code: null, signal: 'SIGTERM' });
    slow.destroy();
  });
});
