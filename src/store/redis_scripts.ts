/**
 * What a Redis or Valkey server does in one step, in its own language. Times are the server's: replicas' clocks differ.
 *
 * @module
 */

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** Keys: the name of the memory. Arguments: the one it gets where it has none. Answers the name. */
export const EPOCH = `
redis.call('SETNX', KEYS[1], ARGV[1])
return redis.call('GET', KEYS[1])
`;

/** Keys: the bucket. Arguments: capacity, tokens a millisecond. Answers the wait in milliseconds. */
export const TAKE = `${NOW}
local capacity, rate = tonumber(ARGV[1]), tonumber(ARGV[2])
local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local passed = math.max(0, now - (tonumber(state[2]) or now))
local tokens = math.min(capacity, (tonumber(state[1]) or capacity) + passed * rate)
local wait = 0
if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) / rate) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(capacity / rate) + 1000)
return wait
`;

const PRUNE = `
local over = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)
for _, member in ipairs(over) do redis.call('HDEL', KEYS[2], member) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
`;

/** Keys: the order and the notes of a list. Arguments: member, note, how long in milliseconds. */
export const ADD = `${NOW}${PRUNE}
local ttl = tonumber(ARGV[3])
redis.call('ZADD', KEYS[1], now + ttl, ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, math.max(ttl, redis.call('PTTL', key))) end
return 1
`;

/** Keys: the order and the notes of a list. Arguments: member. */
export const DROP = `
redis.call('ZREM', KEYS[1], ARGV[1])
return redis.call('HDEL', KEYS[2], ARGV[1])
`;

/** Keys: the order and the notes of a list. Answers note, milliseconds left, note, …, what ends first being first. */
export const MEMBERS = `${NOW}${PRUNE}
local answer = {}
local order = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for index = 1, #order, 2 do
  answer[#answer + 1] = redis.call('HGET', KEYS[2], order[index])
  answer[#answer + 1] = order[index + 1] - now
end
return answer
`;

/**
 * Keys: the places, the line before them, when each in the line was last seen, then a key for each pause, then one for
 * each window. Arguments: holder, most, lease in milliseconds, how long one that isn't seen stays in the line, the number
 * of pauses, then count and span of each window.
 *
 * Answers `{0, 0}` for a place, `{wait, index}` for the pause or window that makes it wait, and `{-1, ahead}` where all
 * places are taken or others come first, since nobody knows for how long that is.
 */
export const ADMIT = `${NOW}
local places, line, seen = KEYS[1], KEYS[2], KEYS[3]
local holder, most, lease, patience = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local pauses = tonumber(ARGV[5])
if redis.call('ZSCORE', places, holder) then
  redis.call('ZADD', places, now + lease, holder)
  redis.call('PEXPIRE', places, math.max(lease, redis.call('PTTL', places)))
  return {0, 0}
end
local wait, index = 0, 0
for number = 1, #KEYS - 3 do
  local key, left = KEYS[number + 3], 0
  if number <= pauses then
    left = (tonumber(redis.call('GET', key)) or 0) - now
  else
    local at = 6 + (number - pauses - 1) * 2
    local count, span = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now - span)
    local started = redis.call('ZCARD', key)
    if started >= count then
      left = redis.call('ZRANGE', key, started - count, started - count, 'WITHSCORES')[2] + span - now
    end
  end
  if left > wait then wait, index = left, number end
end
if wait > 0 then
  redis.call('ZREM', line, holder)
  redis.call('ZREM', seen, holder)
  return {wait, index}
end
redis.call('ZREMRANGEBYSCORE', places, '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now - patience)) do
  redis.call('ZREM', line, gone)
  redis.call('ZREM', seen, gone)
end
local ahead = redis.call('ZRANK', line, holder) or redis.call('ZCARD', line)
if redis.call('ZCARD', places) + ahead >= most then
  redis.call('ZADD', line, 'NX', now, holder)
  redis.call('ZADD', seen, now, holder)
  redis.call('PEXPIRE', line, patience * 2)
  redis.call('PEXPIRE', seen, patience * 2)
  return {-1, ahead}
end
redis.call('ZREM', line, holder)
redis.call('ZREM', seen, holder)
redis.call('ZADD', places, now + lease, holder)
redis.call('PEXPIRE', places, math.max(lease, redis.call('PTTL', places)))
for number = pauses + 1, #KEYS - 3 do
  redis.call('ZADD', KEYS[number + 3], now, holder)
  redis.call('PEXPIRE', KEYS[number + 3], tonumber(ARGV[7 + (number - pauses - 1) * 2]))
end
return {0, 0}
`;

/** Keys: the places, the line and who was seen, then windows in which the request doesn't count. Arguments: holder. */
export const LEAVE = `
for _, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[1]) end
return 1
`;

/** Keys: the pause. Arguments: how long in milliseconds. A longer pause stays. */
export const HOLD = `${NOW}
local till = now + tonumber(ARGV[1])
if till > (tonumber(redis.call('GET', KEYS[1])) or 0) then redis.call('SET', KEYS[1], till, 'PX', ARGV[1]) end
return 1
`;
