import { describe, expect, it } from 'vitest';
import { createPrometheusMetrics } from '../../../src/server.js';
import { createJsonLog } from '../../../src/cli/serve/createJsonLog.js';
import { openLedger } from '../../../src/cli/serve/openLedger.js';
import { parseServeArguments } from '../../../src/cli/serve/serveArguments.js';
import { secretsOf } from '../../../src/cli/serve/secretsOf.js';
import { startMetricsServer } from '../../../src/cli/serve/startMetricsServer.js';
import { vendorOptions } from '../../../src/cli/serve/vendorOptions.js';
import { startRedis } from '../ledger/startRedis.js';
import { closedPort } from './fakeServer.js';

const TOKEN = 'operator-token-0001';

describe('metrics on a port of their own', () => {
  it('are open on loopback by its own names alone', async () => {
    const server = await startMetricsServer({ metrics: await createPrometheusMetrics(), host: '127.0.0.1', port: 0, token: null });
    const answer = await fetch(server.url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain; version=/)]);
    expect((await fetch(new URL('/', server.url))).status).toBe(404);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
    // A page that has a name of its own lead here.
    const { port } = new URL(server.url);
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => request({ port, host: '127.0.0.1', path: '/metrics', headers: { host: `rebound.example.com:${port}` } }, (response) => (response.resume(), resolve(response.statusCode))).end());
    expect(status).toBe(401);
    await server.close();
  });

  it('ask for the token where there is one, and do not open to the network without', async () => {
    const metrics = await createPrometheusMetrics();
    await expect(startMetricsServer({ metrics, host: '0.0.0.0', port: 0, token: null })).rejects.toThrow('VISAVIS_OPERATOR_TOKEN');
    const server = await startMetricsServer({ metrics, host: '127.0.0.1', port: 0, token: TOKEN });
    const status = async (headers: Record<string, string>): Promise<number> => (await fetch(server.url, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: `Bearer ${TOKEN}x` })).toBe(401);
    expect(await status({ authorization: TOKEN })).toBe(401);
    expect(await status({ authorization: `Bearer ${TOKEN}` })).toBe(200);
    await expect(startMetricsServer({ metrics, host: '127.0.0.1', port: Number(new URL(server.url).port), token: TOKEN })).rejects.toThrow(/is taken\. Choose another with --metrics-port/);
    await server.close();
  });
});

describe('the log', () => {
  it('is one line of JSON for each entry, whose head no context can change', () => {
    const lines: string[] = [];
    const log = createJsonLog('info', (line) => lines.push(line));
    log({ level: 'warn', event: 'relay-refuse', message: 'a\nb', context: { code: 403, level: 'info', time: 0, sessionId: undefined } });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toContain('\n');
    expect(JSON.parse(lines[0] ?? '')).toEqual({ time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), level: 'warn', event: 'relay-refuse', message: 'a\nb', code: 403 });
    expect(lines[0]).toMatch(/^\{"time":"[^"]+","level":"warn","event":"relay-refuse"/);
  });

  it('leaves out what is less than was asked for', () => {
    const lines: string[] = [];
    const log = createJsonLog('warn', (line) => lines.push(line));
    for (const level of ['info', 'warn', 'error'] as const) log({ level, event: 'x', message: '', context: {} });
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['warn', 'error']);
  });
});

describe('arguments and environment', () => {
  it('takes hosts by commas and by turns, and keeps the stop within its time', () => {
    expect(parseServeArguments(['--allowed-hosts', '10.0.0.0/8, nodes.example.com', '--allowed-hosts', '::1'])).toMatchObject({ allowedHosts: ['10.0.0.0/8', 'nodes.example.com', '::1'], drainSeconds: 25, unreadySeconds: 0, maxConnections: 1_000, metricsPort: null });
    expect(() => parseServeArguments(['--allowed-hosts', 'a,,b'])).toThrow('--allowed-hosts');
    expect(() => parseServeArguments(['--drain-seconds', '5', '--unready-seconds', '6'])).toThrow('--unready-seconds');
    expect(() => parseServeArguments(['--log-level', 'loud'])).toThrow('--log-level');
    for (const url of ['localhost:7300', '127.0.0.1:7300', 'ws://localhost:7300', 'http://']) expect(() => parseServeArguments(['--emulator', url]), url).toThrow('--emulator must be a URL such as');
    expect(() => parseServeArguments(['--metrics-port', '70000'])).toThrow('--metrics-port');
  });

  it('takes several secrets, the newest first', () => {
    expect(secretsOf(' new\n old ')).toEqual(['new', 'old']);
    expect(() => secretsOf(' ')).toThrow('VISAVIS_SECRET is not set');
  });

  it('takes addresses of vendors', () => {
    const env = { AKOOL_API_KEY: 'k', AKOOL_LIVE: '1', AGORA_APP_ID: 'a', AGORA_APP_CERTIFICATE: 'c', DVE_API_KEY: 'd', AKOOL_DISCOVERY_URL: 'http://d', AKOOL_ENV: 'test', AKOOL_API_URL: 'https://l', DVE_URL: 'wss://v' };
    expect(vendorOptions(env, {})).toMatchObject({ akool: { discoveryUrl: 'http://d', env: 'test' }, akoolLive: { baseUrl: 'https://l' }, dve: { url: 'wss://v' } });
    expect(() => vendorOptions({ ...env, AKOOL_ENV: 'staging' }, {})).toThrow('AKOOL_ENV must be');
  });
});

describe('the ledger of the command', () => {
  it('is in memory, or in Redis where the environment says so, and says when that is lost', async () => {
    const events: string[] = [];
    const log = ({ event }: { event: string }): void => void events.push(event);
    const memory = await openLedger({}, log);
    expect(memory.ledger.shared).toBe(false);
    await memory.close();
    const redis = await startRedis();
    const { ledger, close } = await openLedger({ REDIS_URL: redis.url }, log);
    expect(ledger.shared).toBe(true);
    await ledger.check();
    expect(events).toEqual([]);
    await redis.kill();
    await expect.poll(() => events).toContain('ledger-lost');
    await close();
    await redis.close();
  });

  it('refuses to start without the Redis that it was promised, and shows no password', async () => {
    const url = `redis://someone:planted-password@127.0.0.1:${await closedPort()}`;
    const error: unknown = await openLedger({ REDIS_URL: url }, () => undefined).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toContain('planted-password');
    await expect(openLedger({ REDIS_URL: 'nonsense' }, () => undefined)).rejects.toThrow('REDIS_URL');
  });
});
