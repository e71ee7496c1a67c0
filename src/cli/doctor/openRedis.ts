import type { Redis } from 'ioredis';

/** How the client is loaded. */
export type LoadRedis = () => Promise<typeof import('ioredis')>;

/** Why there is no connection. */
export type RedisProblem = 'no-package' | 'refused-login' | 'unreachable';

/** A connection that does not try again, or why there is none. */
export async function openRedis(url: string, timeoutMs: number, load: LoadRedis): Promise<Redis | RedisProblem> {
  let client;
  try {
    client = await load();
  } catch {
    return 'no-package';
  }
  const redis = new client.Redis(url, { lazyConnect: true, connectTimeout: timeoutMs, commandTimeout: timeoutMs, maxRetriesPerRequest: 0, retryStrategy: () => null });
  // Without a listener the client prints its errors, with the address.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (error) {
    redis.disconnect();
    // The code that Redis begins its refusals with; the rest may quote what it was sent.
    return error instanceof Error && /\b(NOAUTH|WRONGPASS|NOPERM|invalid password)\b/.test(error.message) ? 'refused-login' : 'unreachable';
  }
}
