import { checkRange, misconfigured } from '../optionChecks.js';
import { systemServerClock, type ServerClock } from '../serverClock.js';
import type { ServerLedger } from './ledger.js';
import { createLiveSessionRedis } from './redis/createLiveSessionRedis.js';
import { createNodeHealthRedis } from './redis/createNodeHealthRedis.js';
import { createRateRedis } from './redis/createRateRedis.js';
import { createScriptRunner } from './redis/createScriptRunner.js';
import { createSeatRedis } from './redis/createSeatRedis.js';
import { createTicketRedis } from './redis/createTicketRedis.js';
import { createVendorSessionRedis } from './redis/createVendorSessionRedis.js';
import type { RedisClient } from './redis/RedisClient.js';
import type { RedisSide } from './redis/RedisSide.js';

export interface RedisLedgerOptions {
  /** Your ioredis client, a `Redis` or a `Cluster`. It stays yours: close it after the server, and listen to its `error` event. */
  readonly redis: RedisClient;
  /** What the names of all keys begin with, in braces. Letters, digits, `-`, `_`, `.` and `:`. Default `visavis`. */
  readonly prefix?: string;
  /** How long one question to Redis may take before it is refused, 1 to 60,000. Default 2,000. */
  readonly timeoutMs?: number;
  readonly clock?: ServerClock;
}

/** Fails where Redis answers but takes no writes: a replica, a full memory, a disk that cannot be written. */
const CHECK = `redis.call('SET', KEYS[1], '1', 'PX', 60000)`;

/**
 * A ledger in Redis, for servers with several instances, and for one that is to remember across a restart.
 *
 * What must not happen twice is one script, which Redis runs as a whole. Of times, only how far off they are is sent, so that the
 * instances' clocks need not agree to the second; spent tickets are remembered a minute longer than they last. All keys lie on one
 * node of a cluster. All expire but those of vendors' sessions, which are kept until the vendor says that they are closed:
 * set Redis's `maxmemory-policy` to `noeviction`. A Redis that loses what it holds forgets which tickets of the last minutes were
 * spent, and what is over; a session at a vendor is noted again as soon as its page asks to keep it. Use `appendonly yes`.
 *
 * Its methods reject with `server-misconfigured` when Redis fails or takes too long; neither address nor password is in the error.
 *
 * @throws `server-misconfigured` for options that cannot be right.
 *
 * @example
 * ```ts
 * import { Redis } from 'ioredis';
 *
 * const redis = new Redis(process.env.REDIS_URL ?? '');
 * const handler = createAvatarHandler({ ...rest, ledger: createRedisLedger({ redis }) });
 * ```
 */
export function createRedisLedger({ redis, prefix = 'visavis', timeoutMs = 2_000, clock = systemServerClock }: RedisLedgerOptions): ServerLedger {
  // Braces of its own would move keys to several nodes, of which no script could take hold at once.
  if (!/^[\w.:-]+$/.test(prefix)) throw misconfigured('prefix of the ledger in Redis must be letters, digits, and - _ . : alone.');
  const epochMs = (): number => clock.epochMs();
  const run = createScriptRunner({ redis, clock, timeoutMs: checkRange('timeoutMs of the ledger in Redis', timeoutMs, 1, 60_000) });
  const side: RedisSide = {
    run,
    epochMs,
    key: (...parts) => [`{${prefix}}`, ...parts].join(':'),
    msUntil: (at) => Math.max(1, Math.ceil(at - epochMs())),
  };
  return {
    ...createTicketRedis(side),
    ...createSeatRedis(side),
    ...createNodeHealthRedis(side),
    ...createRateRedis(side),
    liveSessions: createLiveSessionRedis(side),
    vendorSessions: createVendorSessionRedis(side),
    shared: true,
    async check() {
      await run(CHECK, [side.key('check')]);
    },
  };
}
