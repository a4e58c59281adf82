package redis

// luaTrim forgets, one bounded step at a time, the fields of a hash that are over.
//
// KEYS: the hash, dead
// ARGV: 1 cursor, 2 limit, 3 "notice" when only ended notices may go and the moment is
// the fourth word, else "" and the value begins with the moment
// Returns: next cursor, "0" when through
const luaTrim = `
local step = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', 500)
local limit, fields = tonumber(ARGV[2]), step[2]
for i = 1, #fields, 2 do
  local micros
  if ARGV[3] == 'notice' then
    local state, moment = string.match(fields[i + 1], '^(%a) %d+ %d+ (%S+)\n')
    if state == 's' or state == 'd' then micros = moment end
  else
    micros = string.match(fields[i + 1], '^%S+')
  end
  if micros and tonumber(micros) < limit then
    redis.call('HDEL', KEYS[1], fields[i])
    if ARGV[3] == 'notice' then redis.call('ZREM', KEYS[2], fields[i]) end
  end
end
return step[1]
`

// luaSnapshot reads the whole tenant at one moment. Redis answers nobody else
// meanwhile: some tens of milliseconds for a hundred thousand entries.
//
// KEYS: records, messages, talks, notices, due, refs, events
// Returns: the fields of the four hashes, due with scores, refs, events with scores
const luaSnapshot = `
return {
  redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2]), redis.call('HGETALL', KEYS[3]),
  redis.call('HGETALL', KEYS[4]), redis.call('ZRANGE', KEYS[5], 0, -1, 'WITHSCORES'),
  redis.call('HGETALL', KEYS[6]), redis.call('ZRANGE', KEYS[7], 0, -1, 'WITHSCORES'),
}
`

// luaInstall shows a restored tenant, whole or not at all.
//
// KEYS: the n keys of an empty tenant, then pairs of staged and final key
// ARGV: 1 n
// Returns: 1 done, 0 the tenant is not empty
const luaInstall = `
local n = tonumber(ARGV[1])
for i = 1, n do
  if redis.call('EXISTS', KEYS[i]) == 1 then return 0 end
end
for i = n + 1, #KEYS, 2 do
  redis.call('RENAME', KEYS[i], KEYS[i + 1])
end
return 1
`
