import type { ServerClock } from '../../serverClock.js';
import { ledgerTimeout, ledgerUnavailable } from './ledgerUnavailable.js';
import type { RedisClient } from './RedisClient.js';

/**
 * Runs a Lua script, which Redis does as a whole or not at all.
 *
 * @throws `server-misconfigured` when Redis fails or takes too long. What took too long may still be done afterwards: each script is such that
 * this does no more harm than a caller that died after its call.
 */
export type RunScript = (script: string, keys: readonly string[], args?: readonly (string | number)[]) => Promise<unknown>;

export interface ScriptRunnerOptions {
  readonly redis: RedisClient;
  readonly timeoutMs: number;
  readonly clock: ServerClock;
}

/** Sends a script's text only to a Redis that does not know it yet: one that is new, or was restarted. */
export function createScriptRunner({ redis, timeoutMs, clock }: ScriptRunnerOptions): RunScript {
  const digests = new Map<string, Promise<string>>();

  function digestOf(script: string): Promise<string> {
    const known = digests.get(script);
    if (known !== undefined) return known;
    const digest = sha1(script);
    digests.set(script, digest);
    return digest;
  }

  async function call(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    try {
      return await redis.evalsha(await digestOf(script), keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(script, keys.length, ...keys, ...args);
    }
  }

  return (script, keys, args = []) =>
    new Promise((resolve, reject) => {
      // A client whose Redis is gone may hold commands back for as long as it takes.
      const cancel = clock.schedule(() => reject(ledgerTimeout(timeoutMs)), timeoutMs);
      call(script, keys, args)
        .then(resolve, (error: unknown) => reject(ledgerUnavailable(error)))
        .finally(cancel);
    });
}

/** By which Redis knows a script. Of the web's own cryptography, which edge runtimes have too. */
async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
