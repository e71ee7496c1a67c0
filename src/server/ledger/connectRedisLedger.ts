import { AvatarError } from '../../errors/AvatarError.js';
import { misconfigured } from '../optionChecks.js';
import { createRedisLedger } from './createRedisLedger.js';
import type { ServerLedger } from './ledger.js';

export interface RedisConnection {
  readonly ledger: ServerLedger;
  /** After whatever uses the ledger was closed. Idempotent, never rejects. */
  close(): Promise<void>;
}

/** Longer than a reconnection that succeeds at once, and shorter than the ledger's own patience. */
const CONNECT_TIMEOUT_MS = 1_500;
const MAX_RETRIES = 2;
const MAX_RECONNECT_DELAY_MS = 2_000;

/**
 * A ledger in the Redis of an address such as `redis://user:password@redis.example.com:6379/0` (`rediss:` for TLS), on a connection of
 * its own that comes back by itself.
 *
 * @param onLost told when the connection breaks, with the socket's code and nothing of the address.
 * @throws `peer-missing` without ioredis; `server-misconfigured` for another address, or when Redis does not answer now.
 */
export async function connectRedisLedger(url: string, onLost: (code: string) => void = () => undefined): Promise<RedisConnection> {
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url)) throw misconfigured('REDIS_URL must be an address such as redis://redis.example.com:6379 or, for TLS, rediss://….');
  const { Redis } = await loadClient();
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: MAX_RETRIES,
    retryStrategy: (times) => Math.min(times * 100, MAX_RECONNECT_DELAY_MS),
  });
  // Without a listener the client prints its errors, with the address.
  redis.on('error', (error: Error & { readonly code?: unknown }) => onLost(typeof error.code === 'string' ? error.code : error.name));
  const ledger = createRedisLedger({ redis });
  const close = async (): Promise<void> => redis.disconnect();
  try {
    await ledger.check();
  } catch (error) {
    await close();
    throw error;
  }
  return { ledger, close };
}

async function loadClient(): Promise<typeof import('ioredis')> {
  try {
    return await import('ioredis');
  } catch (cause) {
    throw new AvatarError('peer-missing', { message: 'A ledger in Redis needs its client. Install it with: npm install ioredis', cause, context: { peer: 'ioredis' } });
  }
}
