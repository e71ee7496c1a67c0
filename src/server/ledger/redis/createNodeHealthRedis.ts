import { z } from 'zod';
import type { ServerLedger } from '../ledger.js';
import { FAILURE_HALF_LIFE_MS, LATENCY_SHARE, NEGLIGIBLE_FAILURES, NODE_MEMORY_MS } from '../nodeHealth.js';
import { LUA_NOW } from './luaParts.js';
import type { RedisSide } from './RedisSide.js';

/** Of a hash with `score` failures as of the time `at`: what is left of them. */
const LUA_SCORE = `${LUA_NOW}
local function scoreOf(key)
  local score, at = unpack(redis.call('HMGET', key, 'score', 'at'))
  if not score then return 0 end
  local left = score * 0.5 ^ ((now - at) / ${FAILURE_HALF_LIFE_MS})
  return left < ${NEGLIGIBLE_FAILURES} and 0 or left
end
`;
const FAILURE = `${LUA_SCORE}
redis.call('HSET', KEYS[1], 'score', tostring(scoreOf(KEYS[1]) + 1), 'at', now)
redis.call('PEXPIRE', KEYS[1], ${NODE_MEMORY_MS})`;
const SUCCESS = `
local latency = tonumber(ARGV[1])
local known = tonumber(redis.call('HGET', KEYS[1], 'latency')) or latency
redis.call('HSET', KEYS[1], 'latency', tostring(known + ${LATENCY_SHARE} * (latency - known)))
redis.call('HDEL', KEYS[1], 'score', 'at')
redis.call('PEXPIRE', KEYS[1], ${NODE_MEMORY_MS})`;
// As text: Redis cuts the fraction off a number.
const READ = `${LUA_SCORE}
local found = {}
for i, key in ipairs(KEYS) do found[i] = { tostring(scoreOf(key)), redis.call('HGET', key, 'latency') or '' } end
return found`;

const answer = z.array(z.tuple([z.coerce.number(), z.string()]));

/** The health of nodes in Redis, a hash for each. */
export function createNodeHealthRedis({ run, key }: RedisSide): Pick<ServerLedger, 'reportNode' | 'readNodes'> {
  const hashOf = (node: string): string => key('health', node);
  return {
    async reportNode(node, outcome) {
      if (outcome.kind === 'success') await run(SUCCESS, [hashOf(node)], [outcome.latencyMs]);
      else await run(FAILURE, [hashOf(node)]);
    },
    async readNodes(nodes) {
      if (nodes.length === 0) return [];
      return answer.parse(await run(READ, nodes.map(hashOf))).map(([failures, latency]) => ({ failures, latencyMs: latency === '' ? null : Number(latency) }));
    },
  };
}
