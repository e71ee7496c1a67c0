import { LUA_EXPIRE_LATER, LUA_NOW } from './luaParts.js';

/**
 * KEYS of all: 1 when each session lapses (sorted set), 2 what is known of each (hash), 3 the sessions of one subject (set).
 *
 * What has lapsed counts for nothing, whether or not it is still there; it is swept out a thousand at a time.
 */
const LUA_LIVE = `${LUA_NOW}${LUA_EXPIRE_LATER}
local function isOpen(session)
  local untilMs = redis.call('ZSCORE', KEYS[1], session)
  return untilMs and tonumber(untilMs) > now
end
`;

/** ARGV: 1 session, 2 JSON of it, 3 how long its lease lasts. */
const LUA_PUT = `
local function put(keepsKnown)
  if not keepsKnown then redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) end
  redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
  redis.call('SADD', KEYS[3], ARGV[1])
  for _, key in ipairs(KEYS) do expireLater(key, ARGV[3]) end
end
`;

/** ARGV further: 4 how many of the subject there may be, 5 how many of all. */
export const OPEN_LIVE = `${LUA_LIVE}${LUA_PUT}
local lapsed = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1000)
if #lapsed > 0 then
  redis.call('ZREM', KEYS[1], unpack(lapsed))
  redis.call('HDEL', KEYS[2], unpack(lapsed))
end
if not isOpen(ARGV[1]) then
  local ofSubject = 0
  for _, session in ipairs(redis.call('SMEMBERS', KEYS[3])) do
    if isOpen(session) then ofSubject = ofSubject + 1 else redis.call('SREM', KEYS[3], session) end
  end
  if ofSubject >= tonumber(ARGV[4]) then return 'subject-full' end
  if redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf') >= tonumber(ARGV[5]) then return 'all-full' end
end
put(false)
return 'opened'`;

export const EXTEND_LIVE = `${LUA_LIVE}${LUA_PUT}
put(isOpen(ARGV[1]))`;

/** ARGV: 1 session. */
export const CLOSE_LIVE = `
if redis.call('SREM', KEYS[3], ARGV[1]) == 1 then
  redis.call('ZREM', KEYS[1], ARGV[1])
  redis.call('HDEL', KEYS[2], ARGV[1])
end`;

/** Answers for each open session its JSON, and how long its lease still lasts. */
export const LIST_LIVE = `${LUA_LIVE}
local found = {}
for _, session in ipairs(redis.call('SMEMBERS', KEYS[3])) do
  if isOpen(session) then
    table.insert(found, { redis.call('HGET', KEYS[2], session) or '', redis.call('ZSCORE', KEYS[1], session) - now })
  end
end
return found`;

export const COUNT_LIVE = `${LUA_NOW}
return redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf')`;
