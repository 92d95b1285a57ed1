#include "worker/shard_services.hpp"

#include <utility>

#include <boost/asio/post.hpp>

#include "worker/consume_settings.hpp"

namespace strongroom::worker {
namespace {

constexpr std::chrono::seconds kReportInterval{1};

http::CurlLoopConfig http_config(const TransferSettings& transfer) {
    return {.connect_timeout = transfer.connect_timeout, .watchdog = {.stall = transfer.stall_limit}};
}

/// The rules were checked when the configuration was read.
http::AddressFilter filter_of(const genesys::PlatformConfig& platform) {
    std::vector<http::AddressBlock> allowed;
    for (const std::string& block : platform.allow_addresses)
        allowed.push_back(http::AddressBlock::parse(block).value());
    return http::AddressFilter::public_only(std::move(allowed), platform.download_hosts);
}

std::string rules_of(const genesys::PlatformConfig& platform) {
    std::string rules;
    for (const std::string& host : platform.download_hosts) rules += host + "\n";
    rules += "\n";
    for (const std::string& block : platform.allow_addresses) rules += block + "\n";
    return rules;
}

object_store::S3Endpoint endpoint_of(const DestinationSettings& destination) {
    return object_store::S3Endpoint::make({.region = destination.region,
                                           .endpoint = destination.endpoint,
                                           .allow_insecure = destination.allow_insecure})
        .value();
}

archive::TransferLimits transfer_limits(const DestinationSettings& destination) {
    return {.single_put_max = destination.single_put_max, .part_size = destination.part_size};
}

archive::ArchiveLimits archive_limits(const WorkerConfig& config) {
    return {.claim_wait = config.claims.wait,
            .url_max_age = config.transfer.url_max_age,
            .backoff = {.transient_tries = config.retry.tries,
                        .base = config.retry.base,
                        .cap = config.retry.cap,
                        .throttled_tries = config.retry.throttled_tries,
                        .throttled_base = config.retry.throttled_base}};
}

}  // namespace

ShardServices::TenantClients::TenantClients(ShardServices& shard, PodServices& pod, const TenantSettings& settings)
    : token{pod.tokens(settings.name), shard.time_},
      api{shard.api_http_,
          token,
          shard.time_,
          {.api_url = settings.platform.api_url, .timeout = settings.platform.timeout}},
      media{api},
      platform{media},
      store{shard.store_http_, *shard.credentials_, shard.time_, endpoint_of(settings.destination)} {}

ShardServices::ShardServices(boost::asio::any_io_executor executor, PodServices& pod, const WorkerConfig& config,
                             int number)
    : executor_{std::move(executor)},
      pod_{pod},
      config_{config},
      number_{number},
      redis_{executor_, sleeper_, dice_, redis_config(config.redis)},
      claims_{redis_,
              {.owner = pod.process_id() + "/" + std::to_string(number),
               .lease = config.claims.lease,
               .retention = config.claims.retention}},
      leases_{claims_, sleeper_, config.claims.lease / 3},
      api_http_{executor_, time_, http_config(config.transfer)},
      store_http_{executor_, time_, http_config(config.transfer)},
      credentials_{aws::make_default_chain(time_, config::process_environment())},
      tenants_{make_tenants()},
      rings_{archive::TransferLimits{}.ring.value},
      buffered_{executor_, config.limits.buffered_transfers},
      transfers_{executor_, config.limits.transfers},
      api_calls_{executor_, config.limits.api_calls},
      transfer_{{pod.keys(), random_, rings_, buffered_}},
      receipts_{records::TopicNames{config.kafka.topic_prefix},
                worker_name(config, pod.process_id()) + "/" + std::to_string(number), time_},
      archive_metrics_{pod.metrics()},
      pipeline_{{tenants_, claims_, leases_, transfer_, transfers_, api_calls_, pod.keys(), receipts_, time_, sleeper_,
                 dice_, archive_metrics_, archive_limits(config)}},
      consume_metrics_{pod.metrics()},
      shard_{executor_,
             {pipeline_, time_, sleeper_, dice_, consume_metrics_},
             consume_settings(config, pod.process_id(), number)} {}

http::CurlLoop& ShardServices::source_for(const genesys::PlatformConfig& platform) {
    auto& loop = sources_[rules_of(platform)];
    if (!loop) {
        loop = std::make_unique<http::CurlLoop>(executor_, time_, http_config(config_.transfer), filter_of(platform));
    }
    return *loop;
}

archive::Tenants ShardServices::make_tenants() {
    archive::Tenants tenants;
    for (const TenantSettings& settings : config_.tenants) {
        auto& clients = *clients_.emplace_back(std::make_unique<TenantClients>(*this, pod_, settings));
        const auto& to = settings.destination;
        tenants.emplace(settings.name,
                        archive::Tenant{.name = settings.name,
                                        .platform = clients.platform,
                                        .source = source_for(settings.platform),
                                        .store = clients.store,
                                        .destination = {.bucket = to.bucket,
                                                        .key = object_store::KeyTemplate::parse(to.key).value(),
                                                        .format = to.format,
                                                        .index_objects = to.index_objects,
                                                        .limits = transfer_limits(to)}});
    }
    return tenants;
}

Task<Result<>> ShardServices::run() {
    TaskGroup tasks{executor_};
    tasks.spawn(redis_.keep_connected());
    tasks.spawn(leases_.run());
    tasks.spawn(report());
    auto end = co_await shard_.run();
    tasks.cancel();
    co_await tasks.join();
    co_return end;
}

Task<> ShardServices::report() {
    for (;;) {
        boost::asio::post(pod_.executor(), [&pod = pod_, number = number_, now = status()]() mutable {
            pod.health().report(number, std::move(now));
        });
        co_await sleeper_.sleep_for(kReportInterval);
    }
}

ShardStatus ShardServices::status() const {
    const consume::ShardStatus seen = shard_.status();
    ShardStatus status{.joined = !seen.lanes.empty(), .trouble = seen.outage};
    for (const consume::LaneStatus& lane : seen.lanes) {
        status.joined = status.joined && lane.joined;
        status.partitions += static_cast<int>(lane.partitions);
        status.in_flight += lane.in_flight;
        if (!lane.trouble.empty()) status.trouble += (status.trouble.empty() ? "" : "; ") + lane.trouble;
    }
    const std::string waiting = consume_metrics_.waiting_for();
    if (!waiting.empty()) status.trouble += (status.trouble.empty() ? "" : "; ") + waiting;
    return status;
}

}  // namespace strongroom::worker
