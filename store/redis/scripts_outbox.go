package redis

// luaNotice reads and writes a notice's value: "state fence attempts micros\nwhy\nnotice".
// Fences are decimal strings: they may pass what a Lua number holds exactly.
const luaNotice = `
local function read(key, id)
  local value = redis.call('HGET', key, id)
  if not value then return nil end
  return string.match(value, '^(%a) (%d+) (%d+) %S+\n([^\n]*)\n(.*)$')
end
local function write(key, id, state, fence, attempts, micros, why, body)
  redis.call('HSET', key, id, state .. ' ' .. fence .. ' ' .. attempts .. ' ' .. micros .. '\n' .. why .. '\n' .. body)
end
`

// luaClaim takes what is due and under no lease: the score is the moment from which a
// notice can be claimed, so a lease is a score in the future.
//
// KEYS: notices, due
// ARGV: 1 now, 2 end of the lease, 3 at most so many
// Returns: key, fence, attempts, notice for each
const luaClaim = luaNotice + `
local function after(fence)
  if #fence < 15 then return string.format('%.0f', tonumber(fence) + 1) end
  local high, low = string.sub(fence, 1, -10), tonumber(string.sub(fence, -9)) + 1
  if low == 1000000000 then high, low = string.format('%.0f', tonumber(high) + 1), 0 end
  return high .. string.format('%09.0f', low)
end
local out = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])) do
  local state, fence, attempts, why, body = read(KEYS[1], id)
  if state then
    fence = after(fence)
    write(KEYS[1], id, 'l', fence, attempts, ARGV[2], why, body)
    redis.call('ZADD', KEYS[2], ARGV[2], id)
    out[#out + 1] = id
    out[#out + 1] = fence
    out[#out + 1] = attempts
    out[#out + 1] = body
  else
    redis.call('ZREM', KEYS[2], id)
  end
end
return out
`

// luaSettle marks a claimed notice as sent and keeps the message under its handle.
// Only the key stays of the notice itself.
//
// KEYS: notices, due, refs
// ARGV: 1 key, 2 fence, 3 moment, 4 handle or "", 5 body sent or "" for the notice's own
// Returns: 1 done (now or before under this fence), 0 lease lost, -1 not found
const luaSettle = luaNotice + `
local state, fence, attempts, why, body = read(KEYS[1], ARGV[1])
if not state then return -1 end
if fence ~= ARGV[2] then return 0 end
if state == 's' then return 1 end
if state ~= 'l' then return 0 end
write(KEYS[1], ARGV[1], 's', fence, attempts, ARGV[3], '', '')
redis.call('ZREM', KEYS[2], ARGV[1])
if ARGV[4] ~= '' then
  local kept = ARGV[5] == '' and ('N' .. body) or ('B' .. ARGV[5])
  redis.call('HSET', KEYS[3], ARGV[4], ARGV[3] .. '\n' .. kept)
end
return 1
`

// luaDefer gives a claimed notice back for another try.
//
// KEYS: notices, due
// ARGV: 1 key, 2 fence, 3 moment of the next try, 4 why (one line)
// Returns: 1 done (now or before under this fence), 0 lease lost, -1 not found
const luaDefer = luaNotice + `
local state, fence, attempts, why, body = read(KEYS[1], ARGV[1])
if not state then return -1 end
if fence ~= ARGV[2] then return 0 end
if state == 'w' and attempts ~= '0' then return 1 end
if state ~= 'l' then return 0 end
write(KEYS[1], ARGV[1], 'w', fence, string.format('%d', attempts + 1), ARGV[3], ARGV[4], body)
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 1
`

// luaBury gives a claimed notice up.
//
// KEYS: notices, due, dead
// ARGV: 1 key, 2 fence, 3 moment, 4 why (one line)
// Returns: 1 done (now or before under this fence), 0 lease lost, -1 not found
const luaBury = luaNotice + `
local state, fence, attempts, why, body = read(KEYS[1], ARGV[1])
if not state then return -1 end
if fence ~= ARGV[2] then return 0 end
if state == 'd' then return 1 end
if state ~= 'l' then return 0 end
write(KEYS[1], ARGV[1], 'd', fence, attempts, ARGV[3], ARGV[4], body)
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
return 1
`

// luaDead reads the newest dead letters.
//
// KEYS: notices, dead
// ARGV: 1 at most so many
// Returns: key, micros, attempts, why, notice for each
const luaDead = luaNotice + `
local out = {}
local list = redis.call('ZREVRANGE', KEYS[2], 0, ARGV[1] - 1, 'WITHSCORES')
for i = 1, #list, 2 do
  local state, fence, attempts, why, body = read(KEYS[1], list[i])
  if state then
    for _, v in ipairs({list[i], list[i + 1], attempts, why, body}) do out[#out + 1] = v end
  end
end
return out
`

// luaDepth looks at the queue from outside.
//
// KEYS: due, dead
// Returns: {owed, dead, score of the next one or nil}
const luaDepth = `
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return {redis.call('ZCARD', KEYS[1]), redis.call('ZCARD', KEYS[2]), first[2] or false}
`
