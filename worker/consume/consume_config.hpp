#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "shared/base/units.hpp"
#include "shared/kafka/client_config.hpp"

namespace strongroom::consume {

/// What one lane may have in hand (`limits:`). Back-pressure, never loss: at a limit the partitions are not polled.
struct LaneLimits {
    std::size_t in_flight = 1'000;           ///< records admitted and not settled
    ByteCount in_flight_bytes{64ULL << 20};  ///< their keys, values and headers
    /// Settled records whose outcome waits because one before them in their partition is not settled.
    std::size_t held = 10'000;
    ByteCount held_bytes{32ULL << 20};
};

struct CommitConfig {
    std::chrono::milliseconds interval{200};
    std::size_t max_outcomes = 5'000;  ///< per transaction
    ByteCount max_bytes{8ULL << 20};   ///< per transaction
    /// Waits between tries while transactions fail: from, to (doubling).
    std::chrono::milliseconds backoff{100};
    std::chrono::milliseconds longest_backoff{10'000};
    /// Fenced twice within this by a living peer with the same transactional id: give up.
    std::chrono::milliseconds fence_window{60'000};
};

struct RetryConfig {
    std::vector<std::chrono::milliseconds> tiers{std::chrono::seconds{30}, std::chrono::minutes{5},
                                                 std::chrono::hours{1}};
    int max_attempts = 10;  ///< counted deliveries
    std::chrono::milliseconds not_ready_budget = std::chrono::hours{48};
    std::chrono::milliseconds write_back_budget = std::chrono::hours{1};
    /// What the clocks of two pods may differ by: a retry record starts that much after its time, so never early.
    std::chrono::milliseconds clock_skew{1'000};
    /// What waits for an outage stays in memory this long, then circulates through the first tier.
    std::chrono::milliseconds outage_hold{60'000};
    /// The same when it is in others' way: the lane has no room left, or settled records behind it wait for their
    /// commit.
    std::chrono::milliseconds outage_hold_when_in_the_way{5'000};
    /// Between two tries of an item that waits for an outage: from, to (doubling, with jitter).
    std::chrono::milliseconds outage_delay{1'000};
    std::chrono::milliseconds longest_outage_delay{30'000};
};

/// Everything a shard needs to know. One per shard; `shard` and `instance` make its transactional id.
struct ConsumeConfig {
    kafka::ClientConfig kafka{};
    std::string instance = "0";  ///< unique among the living pods of the group, the same after a restart
    int shard = 0;
    LaneLimits live{};
    LaneLimits retry{};
    LaneLimits backfill{};
    CommitConfig commit{};
    RetryConfig retry_policy{};
    std::chrono::milliseconds rebalance_drain{3'000};  ///< for running work of partitions that are taken away
    std::chrono::milliseconds shutdown_drain{30'000};  ///< for running work when the process is to end
};

}  // namespace strongroom::consume
