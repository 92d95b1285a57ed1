#include "shared/fleet/claim_scripts.hpp"

#include <string>

namespace strongroom::fleet {
namespace {

/// Redis's clock is the only one that all pods share.
constexpr std::string_view kNow = R"lua(
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
)lua";

// Take-over rule: a record that this owner's partition delivered again, to another owner or under a newer epoch of the
// same owner, says that the old owner lost the partition. A claim that is held through another partition is waited for.
constexpr std::string_view kAcquire = R"lua(
local key, me = KEYS[1], ARGV[1]
local old = redis.call('HMGET', key, 'state', 'owner', 'fence', 'lease', 'group', 'topic', 'partition', 'generation',
    'take_overs')
local state, fence, lease = old[1] or 'claimed', tonumber(old[3] or 0), tonumber(old[4] or 0)
local take_overs = tonumber(old[9] or 0)
if lease > now then
  local same_partition = old[5] == ARGV[4] and old[6] == ARGV[5] and old[7] == ARGV[6]
  local lost = old[2] ~= me or tonumber(old[8] or 0) < tonumber(ARGV[7])
  if not (same_partition and lost) then return {0, lease - now} end
end
if lease > 0 then take_overs = take_overs + 1 end
fence = fence + 1
redis.call('HSET', key, 'state', state, 'owner', me, 'fence', fence, 'lease', now + ARGV[2], 'group', ARGV[4],
  'topic', ARGV[5], 'partition', ARGV[6], 'generation', ARGV[7], 'take_overs', take_overs)
redis.call('PEXPIRE', key, ARGV[3])
local reply = {1, fence, take_overs, state}
local all = redis.call('HGETALL', key)
for i = 1, #all, 2 do
  if string.sub(all[i], 1, 3) == 'rp:' then
    reply[#reply + 1] = string.sub(all[i], 4)
    reply[#reply + 1] = all[i + 1]
  end
end
return reply
)lua";

constexpr std::string_view kCompare = R"lua(
local key = KEYS[1]
local held = redis.call('HMGET', key, 'owner', 'fence')
if held[1] and (held[1] ~= ARGV[1] or held[2] ~= ARGV[2]) then return 0 end
)lua";

constexpr std::string_view kRenew = R"lua(
redis.call('HSET', key, 'owner', ARGV[1], 'fence', ARGV[2], 'lease', now + ARGV[3])
redis.call('PEXPIRE', key, ARGV[4])
return 1
)lua";

constexpr std::string_view kAdvance = R"lua(
for _, field in ipairs(redis.call('HKEYS', key)) do
  if string.sub(field, 1, 3) == 'rp:' then redis.call('HDEL', key, field) end
end
local lease = now + ARGV[3]
if ARGV[5] == 'done' then lease = 0 end
redis.call('HSET', key, 'owner', ARGV[1], 'fence', ARGV[2], 'lease', lease, 'state', ARGV[5], 'take_overs', 0)
for i = 6, #ARGV, 2 do redis.call('HSET', key, 'rp:' .. ARGV[i], ARGV[i + 1]) end
redis.call('PEXPIRE', key, ARGV[4])
return 1
)lua";

constexpr std::string_view kRelease = R"lua(
if not held[1] then return 1 end
redis.call('HSET', key, 'lease', 0, 'take_overs', 0)
return 1
)lua";

template <class... Parts>
redis::Script script_of(Parts... parts) {
    std::string source;
    (source.append(parts), ...);
    return redis::Script{std::move(source)};
}

}  // namespace

redis::Script acquire_script() {
    return script_of(kNow, kAcquire);
}
redis::Script renew_script() {
    return script_of(kNow, kCompare, kRenew);
}
redis::Script advance_script() {
    return script_of(kNow, kCompare, kAdvance);
}
redis::Script release_script() {
    return script_of(kCompare, kRelease);
}

}  // namespace strongroom::fleet
