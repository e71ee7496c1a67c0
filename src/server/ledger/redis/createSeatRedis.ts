import type { ServerLedger } from '../ledger.js';
import type { RedisSide } from './RedisSide.js';

const RESERVE = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;
const TAKE = `redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])`;
const HOLDS = `
local holder = redis.call('GET', KEYS[1])
return (not holder or holder == ARGV[1]) and 1 or 0`;

/** Who holds which node and which seat, in Redis. */
export function createSeatRedis({ run, key, msUntil }: RedisSide): Pick<ServerLedger, 'reserveNode' | 'releaseNode' | 'takeSeat' | 'holdsSeat'> {
  return {
    reserveNode: async (node, holder, expiresAt) => (await run(RESERVE, [key('node', node)], [holder, msUntil(expiresAt)])) === 1,
    async releaseNode(node, holder) {
      await run(RELEASE, [key('node', node)], [holder]);
    },
    async takeSeat(seat, connection, expiresAt) {
      await run(TAKE, [key('seat', seat)], [connection, msUntil(expiresAt)]);
    },
    holdsSeat: async (seat, connection) => (await run(HOLDS, [key('seat', seat)], [connection])) === 1,
  };
}
