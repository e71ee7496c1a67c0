import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRedis } from '../../../src/cli/doctor/checkRedis.js';
import { judgeRedis } from '../../../src/cli/doctor/judgeRedis.js';
import { startRedis, type TestRedis } from '../ledger/startRedis.js';
import { closedPort } from './fakeServer.js';

const TIMEOUT_MS = 2_000;
const PASSWORD = 'redis-password-9';
const statuses = (findings: readonly { status: string }[]): string[] => findings.map(({ status }) => status);

let redis: TestRedis;
beforeAll(async () => void (redis = await startRedis()));
afterAll(() => redis.close());

describe('the doctor looks at Redis', () => {
  it('finds one that does, and warns of one that forgets across a restart', async () => {
    const findings = await checkRedis(redis.url, TIMEOUT_MS);
    expect(findings.filter(({ status }) => status !== 'ok')).toMatchObject([{ status: 'warn', fix: expect.stringContaining('appendonly') }]);
    expect(findings).toContainEqual({ check: 'redis', status: 'ok', message: 'It runs our scripts and takes writes.' });
  });

  it('fails when it may forget what is still needed, or takes no writes', async () => {
    const admin = redis.connect();
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await checkRedis(redis.url, TIMEOUT_MS)).toContainEqual(expect.objectContaining({ status: 'fail', message: 'It may forget what is still needed (maxmemory-policy allkeys-lru).' }));
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await admin.config('SET', 'maxmemory', '1');
    expect(await checkRedis(redis.url, TIMEOUT_MS)).toContainEqual(expect.objectContaining({ status: 'fail', message: 'It takes no writes, or runs no scripts.' }));
    await admin.config('SET', 'maxmemory', '0');
  });

  it('fails when nobody answers there, within its time', async () => {
    expect(await checkRedis(`redis://127.0.0.1:${await closedPort()}`, TIMEOUT_MS)).toMatchObject([{ status: 'fail', message: expect.stringMatching(/does not answer at 127\.0\.0\.1:/) }]);
    redis.freeze();
    expect(statuses(await checkRedis(redis.url, 200))).toEqual(['fail']);
    redis.thaw();
  });

  it('fails for a wrong password, without telling it', async () => {
    const locked = await startRedis(['--requirepass', PASSWORD]);
    try {
      const url = (password: string): string => `redis://:${password}@127.0.0.1:${locked.port}`;
      for (const wrong of [url('nothing-like-it'), locked.url]) {
        const findings = await checkRedis(wrong, TIMEOUT_MS);
        expect(findings).toMatchObject([{ status: 'fail', message: 'Redis refuses user name or password.' }]);
        expect(JSON.stringify(findings)).not.toContain('nothing-like-it');
      }
      const accepted = await checkRedis(url(PASSWORD), TIMEOUT_MS);
      expect(statuses(accepted)).not.toContain('fail');
      expect(JSON.stringify(accepted)).not.toContain(PASSWORD);
    } finally {
      await locked.close();
    }
  });

  it('warns of one that is far away', async () => {
    const far = createServer((near) => {
      const distant = connect(redis.port, '127.0.0.1');
      near.on('data', (data) => void setTimeout(() => distant.write(data), 25));
      distant.pipe(near);
      near.on('close', () => distant.destroy());
      distant.on('error', () => near.destroy());
      near.on('error', () => distant.destroy());
    });
    await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
    const { port } = far.address() as AddressInfo; // A server that listens on TCP has one.
    expect(await checkRedis(`redis://127.0.0.1:${port}`, TIMEOUT_MS)).toContainEqual(expect.objectContaining({ status: 'warn', message: expect.stringMatching(/^It takes \d+ ms to answer\.$/) }));
    await new Promise((resolve) => far.close(resolve));
  });

  it('says when the client is not installed, the address is none, and there is nothing to look at', async () => {
    const missing = () => Promise.reject(Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' }));
    expect(await checkRedis(redis.url, TIMEOUT_MS, missing)).toMatchObject([{ status: 'fail', fix: 'Install it: npm install ioredis' }]);
    expect(await checkRedis('http://127.0.0.1', TIMEOUT_MS)).toMatchObject([{ status: 'fail' }]);
    expect(await checkRedis(undefined, TIMEOUT_MS)).toMatchObject([{ status: 'skip' }]);
  });

  it('judges by what Redis says of itself', () => {
    const info = (changes: Record<string, string>): string =>
      Object.entries({ redis_version: '7.0.15', maxmemory_policy: 'noeviction', role: 'master', aof_enabled: '1', ...changes }).map(([name, value]) => `${name}:${value}\r\n`).join('');
    expect(statuses(judgeRedis(`# Server\r\n${info({})}`))).toEqual(['ok', 'ok', 'ok']);
    expect(statuses(judgeRedis(info({ redis_version: '5.0.3' })))).toEqual(['fail', 'ok', 'ok']);
    expect(statuses(judgeRedis(info({ role: 'slave' })))).toEqual(['ok', 'ok', 'fail', 'ok']);
    expect(statuses(judgeRedis(''))).toEqual(['fail', 'fail', 'warn']);
  });
});
