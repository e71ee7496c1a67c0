import type { Redis } from 'ioredis';

/** How the client is loaded. */
export type LoadRedis = () => Promise<typeof import('ioredis')>;

/** Why there is no connection. */
export type RedisProblem = 'no-package' | 'refused-login' | 'unreachable';

/** What Redis begins such a refusal with. The rest may quote what it was sent. */
const REFUSED_LOGIN = /\b(NOAUTH|WRONGPASS|NOPERM|invalid password)\b/;
/** One that does not answer does not say goodbye either. */
const HANG_UP_MS = 100;

/** A connection that does not try again, or why there is none. */
export async function openRedis(url: string, timeoutMs: number, load: LoadRedis): Promise<Redis | RedisProblem> {
  let client;
  try {
    client = await load();
  } catch {
    return 'no-package';
  }
  const patience = { connectTimeout: timeoutMs, commandTimeout: timeoutMs, disconnectTimeout: HANG_UP_MS };
  const redis = new client.Redis(url, { ...patience, lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  let isLoginRefused = false;
  const onError = (error: unknown): void => void (isLoginRefused ||= error instanceof Error && REFUSED_LOGIN.test(error.message));
  // The client tells of a wrong password here alone. Without a listener it prints its errors, with the address.
  redis.on('error', onError);
  // One that takes the connection and then says nothing is not within the client's own time.
  const timer = setTimeout(() => redis.disconnect(), timeoutMs);
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (error) {
    onError(error);
    redis.disconnect();
    return isLoginRefused ? 'refused-login' : 'unreachable';
  } finally {
    clearTimeout(timer);
  }
}
