#include "worker/health.hpp"

#include <utility>

#include "shared/base/units.hpp"

namespace strongroom::worker {
namespace {

std::string name_of(std::size_t shard) {
    return "shard " + std::to_string(shard) + ": ";
}

}  // namespace

HealthBoard::HealthBoard(const TimeSource& time, int shards, std::chrono::milliseconds silence_limit)
    : time_{time},
      silence_limit_{silence_limit},
      shards_{static_cast<std::size_t>(shards), Seen{.status = {}, .at = time.now()}} {}

void HealthBoard::report(int shard, ShardStatus status) {
    shards_.at(static_cast<std::size_t>(shard)) = {std::move(status), time_.now()};
}

http_server::Health HealthBoard::live() const {
    http_server::Health health{.good = true, .body = {}};
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        const auto silent = std::chrono::duration_cast<std::chrono::milliseconds>(time_.now() - shards_[i].at);
        if (silent <= silence_limit_ && !shards_[i].status.failed) continue;
        health.good = false;
        health.body += name_of(i) +
                       (shards_[i].status.failed ? "failed: " + shards_[i].status.trouble
                                                 : "no sign of life for " + format_duration(silent)) +
                       "\n";
    }
    if (health.good) health.body = "ok\n";
    return health;
}

http_server::Health HealthBoard::ready() const {
    http_server::Health health{.good = !draining_, .body = draining_ ? "draining\n" : ""};
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        const ShardStatus& status = shards_[i].status;
        health.good = health.good && status.joined && !status.failed;
        health.body += name_of(i) + (status.joined ? "joined" : "joining") + ", " + std::to_string(status.partitions) +
                       " partitions, " + std::to_string(status.in_flight) + " in flight\n";
        if (!status.trouble.empty()) health.body += name_of(i) + "waiting: " + status.trouble + "\n";
    }
    return health;
}

}  // namespace strongroom::worker
