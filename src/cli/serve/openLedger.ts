import { createMemoryLedger, type ServerLedger, type ServerLogEntry } from '../../server.js';
import { connectRedisLedger } from '../../server/ledger/connectRedisLedger.js';
import { oncePer } from './oncePer.js';

export interface OpenLedger {
  readonly ledger: ServerLedger;
  close(): Promise<void>;
}

/** The client says so at each attempt to reconnect. */
const LOST_EVERY_MS = 10_000;

/**
 * The ledger in Redis where `REDIS_URL` says so, else in memory.
 *
 * @throws Error with one line when Redis cannot be reached.
 */
export async function openLedger(env: NodeJS.ProcessEnv, log: (entry: ServerLogEntry) => void): Promise<OpenLedger> {
  const url = env['REDIS_URL'];
  if (!url) return { ledger: createMemoryLedger(), close: async () => undefined };
  const message = 'Redis does not answer. Sessions that are open go on; what has to be checked is refused until it is back.';
  return connectRedisLedger(
    url,
    oncePer(LOST_EVERY_MS, (code) => log({ level: 'error', event: 'ledger-lost', message, context: { code } })),
  );
}
