#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "shared/base/result.hpp"
#include "shared/base/time_source.hpp"
#include "shared/runtime/sleeper.hpp"
#include "shared/runtime/task.hpp"
#include "worker/consume/consume_config.hpp"
#include "worker/consume/consume_observer.hpp"
#include "worker/consume/work_handler.hpp"

namespace strongroom::consume {

/// Handed in; all of it outlives the shard.
struct ShardParts {
    WorkHandler& handler;
    TimeSource& time;
    Sleeper& sleeper;
    std::mt19937_64& random;
    ConsumeObserver& observer;
};

struct LaneStatus {
    LaneKind lane = LaneKind::kLive;
    std::string group;
    bool joined = false;
    std::size_t partitions = 0;
    std::size_t in_flight = 0;  ///< admitted, no outcome yet
    std::size_t held = 0;       ///< outcomes that wait for their commit
    std::string trouble;        ///< what the group's consumer complains of; empty when nothing
};

/// For `/readyz`.
struct ShardStatus {
    std::vector<LaneStatus> lanes;
    std::string outage;  ///< why no outcome can be committed; empty when they can
};

/// One event loop's share of the consuming: three lanes, their records' way through the handler, and the commits.
/// Everything on the executor's one thread.
class Shard {
  public:
    /// Nothing starts before `run`. Throws std::invalid_argument for an empty list of retry tiers.
    Shard(const boost::asio::any_io_executor& executor, ShardParts parts, ConsumeConfig config);
    ~Shard();
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;

    /// Until it is drained, or the failure that makes going on pointless (a setting that librdkafka does not take,
    /// another process with the same transactional id). Once.
    Task<Result<>> run();
    /// Stops admitting, lets running work end (`shutdown_drain`), commits, leaves the groups; then `run` completes.
    void drain();
    [[nodiscard]] ShardStatus status() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// `<group>-<instance>-<shard>`: unique among the living, the same after a restart.
std::string transactional_id(const ConsumeConfig& config);

}  // namespace strongroom::consume
