import type { ServerLedger } from '../ledger.js';
import type { RedisSide } from './RedisSide.js';

/** An instance whose clock is behind takes a ticket for good when Redis would have forgotten it. */
const SKEW_MS = 60_000;

const SPEND = `return redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0`;
const END = `redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])`;
const HAS = `return redis.call('EXISTS', KEYS[1])`;

/** Spent tickets and ended sessions in Redis, each a key that expires a minute after the time that it was given. */
export function createTicketRedis({ run, key, msUntil }: RedisSide): Pick<ServerLedger, 'spendTicket' | 'endSession' | 'isSessionEnded'> {
  return {
    spendTicket: async (ticketId, expiresAt) => (await run(SPEND, [key('ticket', ticketId)], [msUntil(expiresAt) + SKEW_MS])) === 1,
    async endSession(session, expiresAt) {
      await run(END, [key('ended', session)], [msUntil(expiresAt) + SKEW_MS]);
    },
    isSessionEnded: async (session) => (await run(HAS, [key('ended', session)])) === 1,
  };
}
