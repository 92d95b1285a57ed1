#pragma once

#include "shared/redis/client.hpp"

/// The Lua scripts behind RedisClaims. KEYS[1] is the record of the work item, a hash:
/// | field | |
/// | state | claimed, uploaded, linked, done |
/// | owner, fence | who may change the record; the fence counts its owners |
/// | lease | until when, in ms of Redis's clock; 0 = given back or done |
/// | group, topic, partition, generation | where the owner's event came from |
/// | take_overs | owners lost in a row, without progress or orderly end |
/// | rp:<name> | the recovery point's fields |
namespace strongroom::fleet {

/// ARGV: owner, lease ms, retention ms, group, topic, partition, generation.
/// Reply: {1, fence, take_overs, state, name, value, …}, or {0, lease left in ms}.
redis::Script acquire_script();

/// The others reply 1 when the change was made, 0 when the claim is somebody else's by now. A record that has vanished
/// (flush) is written anew: Redis is the memory, not the truth.
/// ARGV: owner, fence, lease ms, retention ms.
redis::Script renew_script();
/// ARGV: owner, fence, lease ms, retention ms, state, name, value, …
redis::Script advance_script();
/// ARGV: owner, fence.
redis::Script release_script();

}  // namespace strongroom::fleet
