import { memoise } from '../../memoise.js';
import type { ServerLedger } from '../ledger.js';
import type { RunScript } from './createScriptRunner.js';
import type { RedisSide } from './RedisSide.js';

/** A client as RateLimiterRedis wants it. */
interface LimiterClient {
  /** RateLimiterRedis names its one script so, and calls it with its key and then its arguments. */
  rlflxIncr?: (keyAndArguments: readonly [string, ...string[]]) => Promise<unknown>;
  defineCommand(name: 'rlflxIncr', command: { readonly lua: string }): void;
}

/** Rate limits in Redis, as fixed windows of whole seconds; a window that is shorter lasts a second. */
export function createRateRedis({ run, key }: RedisSide): Pick<ServerLedger, 'consume'> {
  // Loaded when it is first asked for: a server on edge has it in none of its static imports.
  const limiter = memoise(async () => {
    const { RateLimiterRedis } = await import('rate-limiter-flexible');
    // One for all limits, which count the same and only differ in what is too much.
    return new RateLimiterRedis({ storeClient: limiterClient(run), keyPrefix: key('rate'), points: Number.MAX_SAFE_INTEGER, duration: 1 });
  });

  return {
    async consume(name, { points, windowMs }) {
      const customDuration = Math.max(1, Math.ceil(windowMs / 1_000));
      const { consumedPoints, msBeforeNext } = await (await limiter()).consume(name, 1, { customDuration });
      const allowed = consumedPoints <= points;
      return { allowed, retryAfterMs: allowed ? 0 : Math.max(1, msBeforeNext) };
    },
  };
}

/** Instead of the app's own client, on which a command would be defined, and without a limit to how long one takes. */
function limiterClient(run: RunScript): LimiterClient {
  const client: LimiterClient = {
    defineCommand(name, { lua }) {
      client[name] = ([rateKey, ...args]) => run(lua, [rateKey], args);
    },
  };
  return client;
}
