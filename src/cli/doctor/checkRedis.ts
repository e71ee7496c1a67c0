import type { Redis } from 'ioredis';
import { createRedisLedger } from '../../server.js';
import { findingsOf, type Finding } from './finding.js';
import { judgeRedis } from './judgeRedis.js';
import { openRedis, type LoadRedis } from './openRedis.js';

const PINGS = 5;
/** Each grant asks six times, each admission three, one after the other. */
const SLOW_PING_MS = 20;
const MAX_SKEW_MS = 5_000;

/**
 * Looks at the Redis that instances share. Writes one key, which expires.
 *
 * @param url `REDIS_URL`.
 */
export async function checkRedis(url: string | undefined, timeoutMs: number, load: LoadRedis = () => import('ioredis')): Promise<Finding[]> {
  const { skip, fail } = findingsOf('redis');
  if (!url) return [skip('REDIS_URL is not set: this server remembers alone, which does for a single instance.')];
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) return [fail('REDIS_URL is no address of a Redis.', 'Write it like redis://redis.example.com:6379, or rediss:// for TLS.')];
  const redis = await openRedis(url, timeoutMs, load);
  switch (redis) {
    case 'no-package':
      return [fail('The package ioredis is not installed.', 'Install it: npm install ioredis')];
    case 'refused-login':
      return [fail('Redis refuses user name or password.', 'Check those in REDIS_URL: redis://user:password@host:6379')];
    case 'unreachable':
      return [fail(`Redis does not answer at ${new URL(url).host}.`, 'Check that it runs, its bind address, and firewalls between here and there.')];
    default:
  }
  try {
    return [...judgeRedis(await redis.info()), await checkLatency(redis), await checkTime(redis), await checkWrite(redis, timeoutMs)];
  } catch {
    return [fail('Redis does not answer to all that the server has to ask.', 'Check the rights of its user: it needs INFO, PING, TIME, EVAL and the keys {visavis}:*.')];
  } finally {
    redis.disconnect();
  }
}

async function checkLatency(redis: Redis): Promise<Finding> {
  const { ok, warn } = findingsOf('redis');
  const times: number[] = [];
  for (let ping = 0; ping < PINGS; ping++) {
    const startedAt = performance.now();
    await redis.ping();
    times.push(performance.now() - startedAt);
  }
  const medianMs = times.sort((one, other) => one - other)[Math.floor(PINGS / 2)] ?? 0;
  if (medianMs > SLOW_PING_MS) return warn(`It takes ${medianMs.toFixed(0)} ms to answer.`, 'Bring it closer: into the same zone as the instances.');
  return ok(`It answers in ${medianMs.toFixed(1)} ms.`);
}

async function checkTime(redis: Redis): Promise<Finding> {
  const { ok, warn } = findingsOf('redis');
  const [seconds] = await redis.time();
  const skewMs = Date.now() - (Number(seconds) * 1_000 + 500);
  if (Math.abs(skewMs) > MAX_SKEW_MS) return warn(`Its clock and ours are ${Math.round(Math.abs(skewMs) / 1_000)} s apart.`, 'Have both set by NTP: timedatectl set-ntp true');
  return ok('Its clock agrees with ours.');
}

/** As the server does it at each `GET …/ready`. */
async function checkWrite(redis: Redis, timeoutMs: number): Promise<Finding> {
  const { ok, fail } = findingsOf('redis');
  try {
    await createRedisLedger({ redis, timeoutMs }).check();
    return ok('It runs our scripts and takes writes.');
  } catch {
    return fail('It takes no writes, or runs no scripts.', 'See whether its memory is full (maxmemory), its disk can be written, and its user may use EVAL.');
  }
}
