package redis

// Every operation is one script. Moments are ARGVs in microseconds, never the
// server's clock. Numbers that may pass 2^53 (fences) stay strings. Bodies are
// opaque: no script decodes JSON.

// luaDelta answers {head tag, "", names, values} with what changed after a revision,
// {head tag, "full", all fields of the records hash} when the caller has nothing or
// something else than this history, {head tag, "same"}, or {head tag, "own"} when all
// that changed was written by the caller itself ("" for author: never).
//
// A tag is "revision:nonce". Redis may lose its newest writes in a crash or
// failover and count the same revisions again; a caller that saw the lost ones is
// found out by the nonce and gets the whole state.
const luaDelta = `
local function look(records, since)
  local got = redis.call('HMGET', records, '@', string.format('@%d', since % 256), '@run')
  return {head = got[1] or '0:', known = got[2], run = got[3] or ''}
end
local function delta(seen, records, changes, since, tag, author)
  local head = seen.head
  if tag == head then return {head, 'same'} end
  local rev, from = tonumber(string.match(head, '^%d+')), tonumber(since)
  if from > 0 and from < rev and tag == seen.known then
    if author ~= '' then
      local who, first = string.match(seen.run, '^(%S+) (%d+)$')
      if who == author and tonumber(first) <= from + 1 then return {head, 'own'} end
    end
    local names = redis.call('ZRANGEBYSCORE', changes, '(' .. since, '+inf')
    if #names <= 1000 then
      return {head, '', names, redis.call('HMGET', records, unpack(names))}
    end
  end
  return {head, 'full', redis.call('HGETALL', records)}
end
`

// luaArrive reads what a message needs, and claims a final one.
//
// KEYS: records, changes, messages, talks, refs, events, history of the task (or events)
// ARGV: 1 since, 2 its tag, 3 author, 4 message id or "", 5 "1" when final, 6 nonce of
// the call, 7 now, 8 talk key or "", 9 quoted handle or "", 10 events wanted: "" none,
// "task", "all", 11 from and 12 to as score bounds
// Returns: {1 when repeated, first answer, delta, talk or nil, ref or nil, events}
const luaArrive = luaDelta + `
local seen = look(KEYS[1], ARGV[1])
local answer = ''
if ARGV[4] ~= '' then
  local mark = redis.call('HGET', KEYS[3], ARGV[4])
  if mark then
    local nonce, first = string.match(mark, '^%S+ (%S+)\n(.*)$')
    if nonce ~= ARGV[6] then
      return {1, first, delta(seen, KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])}
    end
  elseif ARGV[5] == '1' then
    redis.call('HSET', KEYS[3], ARGV[4], ARGV[7] .. ' ' .. ARGV[6] .. '\n')
  end
end
local talk, ref, events = false, false, {}
if ARGV[8] ~= '' then
  if ARGV[5] == '1' then redis.call('HDEL', KEYS[4], ARGV[8])
  else talk = redis.call('HGET', KEYS[4], ARGV[8]) end
end
if ARGV[9] ~= '' then ref = redis.call('HGET', KEYS[5], ARGV[9]) end
if ARGV[10] == 'task' then events = redis.call('LRANGE', KEYS[7], 0, -1)
elseif ARGV[10] == 'all' then events = redis.call('ZRANGEBYSCORE', KEYS[6], ARGV[11], ARGV[12]) end
return {0, answer, delta(seen, KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3]), talk, ref, events}
`

// luaCommit applies a decided change under its preconditions.
//
// KEYS: records, changes, messages, talks, notices, due, events, then the histories of
// the tasks that get events
// ARGV: 1 since, 2 its tag, 3 author, 4 message id (never empty), 5 answer, 6 nonce of
// the call, 7 now, 8 talk: "" leave, "-" clear, "+" set, 9 talk key, 10 talk value;
// then four lists, each after its length: expects (name, revision), puts (name, body),
// events (index of the history in KEYS, micros, event), notices (key, score, value)
// Returns: {status, answer, delta}; status 0 applied, 1 known before, 2 conflict,
// 3 applied before by this very call
const luaCommit = luaDelta + `
local seen = look(KEYS[1], ARGV[1])
local mark = redis.call('HGET', KEYS[3], ARGV[4])
if mark then
  local nonce, first = string.match(mark, '^%S+ (%S+)\n(.*)$')
  return {nonce == ARGV[6] and 3 or 1, first, delta(seen, KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])}
end
local at = 11
for i = at + 1, at + 2 * ARGV[at], 2 do
  local have, gone = '0', true
  local value = redis.call('HGET', KEYS[1], ARGV[i])
  if value then
    local rev, first = string.match(value, '^(%d+)\n(.?)')
    have, gone = rev, first == ''
  end
  if ARGV[i + 1] ~= have and not (gone and ARGV[i + 1] == '0') then
    return {2, '', delta(seen, KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])}
  end
end
at = at + 2 * ARGV[at] + 1
local puts = tonumber(ARGV[at])
if puts > 0 then
  local rev = string.format('%d', tonumber(string.match(seen.head, '^%d+')) + 1)
  local head = rev .. ':' .. ARGV[6]
  local values, scores = {'@', head, string.format('@%d', rev % 256), head}, {}
  if string.match(seen.run, '^%S+') ~= ARGV[3] then
    seen.run = ARGV[3] .. ' ' .. rev
    values[5], values[6] = '@run', seen.run
  end
  seen.head = head
  for i = at + 1, at + 2 * puts, 2 do
    values[#values + 1] = ARGV[i]
    values[#values + 1] = rev .. '\n' .. ARGV[i + 1]
    scores[#scores + 1] = rev
    scores[#scores + 1] = ARGV[i]
    if #values > 2000 then
      redis.call('HSET', KEYS[1], unpack(values))
      redis.call('ZADD', KEYS[2], unpack(scores))
      values, scores = {'@', head}, {}
    end
  end
  redis.call('HSET', KEYS[1], unpack(values))
  if #scores > 0 then redis.call('ZADD', KEYS[2], unpack(scores)) end
end
at = at + 2 * puts + 1
local events = tonumber(ARGV[at])
if events > 0 then
  local number = redis.call('ZCARD', KEYS[7])
  for i = at + 1, at + 3 * events, 3 do
    number = number + 1
    redis.call('RPUSH', KEYS[tonumber(ARGV[i])], ARGV[i + 2])
    redis.call('ZADD', KEYS[7], ARGV[i + 1], string.format('%012d', number) .. ARGV[i + 2])
  end
end
at = at + 3 * events + 1
for i = at + 1, at + 3 * ARGV[at], 3 do
  if redis.call('HSETNX', KEYS[5], ARGV[i], ARGV[i + 2]) == 1 then
    redis.call('ZADD', KEYS[6], ARGV[i + 1], ARGV[i])
  end
end
if ARGV[8] == '+' then redis.call('HSET', KEYS[4], ARGV[9], ARGV[10])
elseif ARGV[8] == '-' then redis.call('HDEL', KEYS[4], ARGV[9]) end
redis.call('HSET', KEYS[3], ARGV[4], ARGV[7] .. ' ' .. ARGV[6] .. '\n' .. ARGV[5])
return {0, ARGV[5], delta(seen, KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])}
`

// luaSync brings a caller up to date.
//
// KEYS: records, changes
// ARGV: 1 since, 2 its tag, 3 author
// Returns: the delta
const luaSync = luaDelta + `
local seen = look(KEYS[1], ARGV[1])
return delta(seen, KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])
`

// luaEvents reads a task's history or the events of a period.
//
// KEYS: history of the task, or events
// ARGV: 1 "task" or "all", 2 from and 3 to as score bounds
// Returns: events; of "all" each after its 12-digit number
const luaEvents = `
if ARGV[1] == 'task' then return redis.call('LRANGE', KEYS[1], 0, -1) end
return redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[2], ARGV[3])
`
