/**
 * Beginnings of scripts. All times in Redis are of Redis's clock: instances say and hear how far off a time is, so that their own clocks
 * need not agree.
 */

/** `now`: milliseconds since the epoch. */
export const LUA_NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** `expireLater(key, ms)`: the key lives for that long, or longer if it does already. */
export const LUA_EXPIRE_LATER = `
local function expireLater(key, ms)
  ms = math.max(1, math.ceil(ms))
  if redis.call('PTTL', key) < ms then redis.call('PEXPIRE', key, ms) end
end
`;
