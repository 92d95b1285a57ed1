#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "shared/base/time_source.hpp"
#include "shared/http_server/admin_server.hpp"

namespace strongroom::worker {

/// What a shard says of itself, about once a second.
struct ShardStatus {
    bool joined = false;  ///< in all its groups (an empty assignment is fine)
    int partitions = 0;
    std::size_t in_flight = 0;
    std::string trouble{};  ///< which dependency is out and why; empty = none. Does not make the pod unready.
    bool failed = false;    ///< ended by a fatal error
};

/// The pod's view of its shards, for the probes. On the pod's loop.
class HealthBoard {
  public:
    /// `silence_limit`: a shard that has not reported for so long has a loop that does not turn.
    HealthBoard(const TimeSource& time, int shards, std::chrono::milliseconds silence_limit = std::chrono::seconds{30});

    void report(int shard, ShardStatus status);
    void draining() { draining_ = true; }

    /// Progress, not process: every shard's loop turns.
    [[nodiscard]] http_server::Health live() const;
    /// Every shard has joined its groups. The body tells of open troubles, which do not make a pod unready: another pod
    /// would have them too.
    [[nodiscard]] http_server::Health ready() const;

  private:
    struct Seen {
        ShardStatus status{};
        SteadyTime at{};
    };

    const TimeSource& time_;
    std::chrono::milliseconds silence_limit_;
    std::vector<Seen> shards_;
    bool draining_ = false;
};

}  // namespace strongroom::worker
