#include "worker/consume_settings.hpp"

namespace strongroom::worker {

std::string worker_name(const WorkerConfig& config, const std::string& process_id) {
    return config.instance.empty() ? process_id : config.instance;
}

consume::ConsumeConfig consume_settings(const WorkerConfig& config, const std::string& process_id, int shard) {
    const consume::LaneLimits lane{.in_flight = config.limits.in_flight,
                                   .in_flight_bytes = config.limits.in_flight_bytes};
    consume::ConsumeConfig settings{.kafka = config.kafka,
                                    .instance = worker_name(config, process_id),
                                    .shard = shard,
                                    .live = lane,
                                    .retry = lane,
                                    .backfill = lane};
    settings.commit.interval = config.commit_interval;
    settings.retry_policy.tiers = config.retry.tiers;
    settings.retry_policy.max_attempts = config.retry.max_attempts;
    settings.retry_policy.not_ready_budget = config.retry.not_ready_budget;
    settings.retry_policy.write_back_budget = config.write_back_budget;
    settings.retry_policy.outage_hold = config.retry.outage_hold;
    settings.rebalance_drain = config.rebalance_drain;
    settings.shutdown_drain = config.shutdown_drain;
    return settings;
}

}  // namespace strongroom::worker
