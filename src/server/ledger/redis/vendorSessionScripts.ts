import { LUA_NOW } from './luaParts.js';

/**
 * KEYS of all: 1 what is known of each (hash), 2 when each is due (sorted set), 3 how often closing each was begun (hash; absent for never),
 * 4 those that nobody closes, by our session (sorted set of `session NUL vendor id`, in the order of the alphabet).
 *
 * None of these keys ever expires: a session that was forgotten would stay open and be paid for.
 */
const LUA_VENDOR = `${LUA_NOW}
local function closingsOf(id) return tonumber(redis.call('HGET', KEYS[3], id) or 0) end
local function byOurs(known, id) return cjson.decode(known).session .. '\\0' .. id end
`;

/** ARGV: 1 vendor id, 2 JSON of the session, 3 how far off its closing is, 4 how often that was begun. */
export const NOTE_VENDOR = `${LUA_VENDOR}
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[1])
if tonumber(ARGV[4]) > 0 then redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
else redis.call('ZADD', KEYS[4], 0, byOurs(ARGV[2], ARGV[1])) end
return 1`;

/** ARGV: 1 vendor id, 2 how far off its closing is to be. */
export const PUT_OFF_VENDOR = `${LUA_VENDOR}
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 or closingsOf(ARGV[1]) > 0 then return 0 end
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
return 1`;

/** ARGV: 1 vendor id, 2 how long the claim lasts, 3 `1` to claim it even if it is kept. Answers the JSON and how often closing was begun. */
export const CLAIM_VENDOR = `${LUA_VENDOR}
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known then return false end
local isDue = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[1]) or 0) <= now
if not isDue and (closingsOf(ARGV[1]) > 0 or ARGV[3] ~= '1') then return false end
redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[1])
redis.call('ZREM', KEYS[4], byOurs(known, ARGV[1]))
return { known, redis.call('HINCRBY', KEYS[3], ARGV[1], 1) }`;

/** ARGV: 1 vendor id. */
export const DROP_VENDOR = `${LUA_VENDOR}
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known then return end
redis.call('ZREM', KEYS[4], byOurs(known, ARGV[1]))
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])`;

const LUA_ROW = `
local function row(id)
  return { redis.call('HGET', KEYS[1], id) or '', redis.call('ZSCORE', KEYS[2], id) - now, closingsOf(id) }
end
`;

/** ARGV: 1 our session. Answers rows of JSON, how far off its closing is, and how often that was begun. */
export const FIND_VENDOR = `${LUA_VENDOR}${LUA_ROW}
local found = redis.call('ZRANGEBYLEX', KEYS[4], '[' .. ARGV[1] .. '\\0', '(' .. ARGV[1] .. '\\1', 'LIMIT', 0, 1)
if #found == 0 then return {} end
return { row(string.sub(found[1], #ARGV[1] + 2)) }`;

/** ARGV: 1 how many at most. Rows as above. */
export const LIST_DUE_VENDOR = `${LUA_VENDOR}${LUA_ROW}
local rows = {}
for i, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[1])) do rows[i] = row(id) end
return rows`;
