#include "worker/worker_config.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "shared/config/common_sections.hpp"
#include "shared/config/yaml_reader.hpp"
#include "shared/keys/key_material.hpp"
#include "shared/redis/endpoint.hpp"

namespace strongroom::worker {
namespace {

using namespace std::chrono_literals;
using config::Keys;
using config::Presence;

void describe_redis(Keys& keys, RedisSettings& redis) {
    keys.secret("url", redis.url);
    const auto endpoint = redis::parse_endpoint(redis.url);
    keys.require(endpoint.has_value(), "url", endpoint ? std::string{} : endpoint.error().message);
    keys.secret("seal_key", redis.seal_key);
    keys.require(redis.seal_key.empty() || keys::parse_key(redis.seal_key.reveal()).has_value(), "seal_key",
                 std::string{keys::kExpectedKey});
    keys.text("ca_file", redis.ca_file);
    keys.duration("connect_timeout", redis.connect_timeout, {10ms, 1min});
    keys.duration("command_timeout", redis.command_timeout, {10ms, 1min});
}

void describe_limits(Keys& keys, LimitSettings& limits) {
    keys.integer("in_flight", limits.in_flight, {1, 100'000});
    keys.size("in_flight_bytes", limits.in_flight_bytes, {{1U << 20U}, {16ULL << 30U}});
    keys.integer("transfers", limits.transfers, {1, 64});
    keys.integer("api_calls", limits.api_calls, {1, 256});
    keys.integer("buffered_transfers", limits.buffered_transfers, {1, 64});
}

void describe_transfer(Keys& keys, TransferSettings& transfer) {
    keys.duration("stall_limit", transfer.stall_limit, {100ms, 10min});
    keys.duration("connect_timeout", transfer.connect_timeout, {100ms, 1min});
    keys.duration("url_max_age", transfer.url_max_age, {1s, 1h});
}

void describe_retry(Keys& keys, RetrySettings& retry) {
    keys.durations("tiers", retry.tiers, {1s, 24h});
    keys.require(!retry.tiers.empty() && std::ranges::is_sorted(retry.tiers, std::less_equal{}), "tiers",
                 "one delay at least, each longer than the one before");
    keys.integer("max_attempts", retry.max_attempts, {1, 1000});
    keys.duration("not_ready_budget", retry.not_ready_budget, {1s, 24h * 365});
    keys.integer("tries", retry.tries, {1, 100});
    keys.integer("throttled_tries", retry.throttled_tries, {1, 100});
    keys.duration("base", retry.base, {1ms, 1min});
    keys.duration("throttled_base", retry.throttled_base, {1ms, 1min});
    keys.duration("cap", retry.cap, {1ms, 10min});
    keys.duration("outage_hold", retry.outage_hold, {1s, 1h});
}

void describe_claims(Keys& keys, ClaimSettings& claims) {
    keys.duration("lease", claims.lease, {1s, 1h});
    keys.duration("retention", claims.retention, {1min, 24h * 365});
    keys.duration("wait", claims.wait, {0ms, 1h});
}

/// Names must be unique: receipts, claims and metrics are told apart by them.
bool names_differ(const std::vector<TenantSettings>& tenants) {
    std::set<std::string> names;
    for (const TenantSettings& tenant : tenants) names.insert(tenant.name);
    return names.size() == tenants.size();
}

/// The ordinal of a StatefulSet's pod, or nothing: two pods on one host must not share a transactional id.
std::string ordinal_of(const std::string& host) {
    const std::size_t dash = host.rfind('-');
    if (dash == std::string::npos || dash + 1 == host.size()) return {};
    const std::string number = host.substr(dash + 1);
    const bool digits = std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    return digits && number.size() <= 5 ? number : std::string{};
}

void complete(WorkerConfig& config, const config::Environment& environment) {
    const auto first_of = [&](std::initializer_list<const char*> names) {
        for (const char* name : names) {
            if (auto value = environment(name); value && !value->empty()) return *value;
        }
        return std::string{};
    };
    for (TenantSettings& tenant : config.tenants) {
        auto& destination = tenant.destination;
        if (destination.region.empty()) destination.region = first_of({"AWS_REGION", "AWS_DEFAULT_REGION"});
        if (destination.region.empty()) destination.region = "us-east-1";
        if (destination.endpoint.empty()) {
            destination.endpoint = first_of({"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"});
        }
    }
    if (config.instance.empty()) config.instance = ordinal_of(first_of({"HOSTNAME"}));
}

}  // namespace

void describe(Keys& keys, WorkerConfig& config) {
    static constexpr std::array<std::string_view, 14> kOwn{"kafka",  "tenants",   "keys",     "redis", "shards",
                                                           "limits", "transfer",  "commit",   "retry", "write_back",
                                                           "claims", "rebalance", "shutdown", "admin"};
    keys.section(
        "kafka",
        [&](Keys& inner) {
            describe(inner, config.kafka);
            inner.text("instance", config.instance);
        },
        Presence::kRequired);
    keys.list(
        "tenants", config.tenants, [](Keys& inner, TenantSettings& tenant) { describe(inner, tenant); },
        Presence::kRequired);
    keys.require(names_differ(config.tenants), "tenants", "every tenant to have a name of its own");
    keys.section("keys", [&](Keys& inner) { describe(inner, config.keys); }, Presence::kRequired);
    keys.section("redis", [&](Keys& inner) { describe_redis(inner, config.redis); });
    keys.integer("shards", config.shards, {1, 64});
    keys.section("limits", [&](Keys& inner) { describe_limits(inner, config.limits); });
    keys.section("transfer", [&](Keys& inner) { describe_transfer(inner, config.transfer); });
    keys.section("commit", [&](Keys& inner) { inner.duration("interval", config.commit_interval, {10ms, 10s}); });
    keys.section("retry", [&](Keys& inner) { describe_retry(inner, config.retry); });
    keys.section("write_back",
                 [&](Keys& inner) { inner.duration("budget", config.write_back_budget, {1s, 24h * 365}); });
    keys.section("claims", [&](Keys& inner) { describe_claims(inner, config.claims); });
    keys.section("rebalance", [&](Keys& inner) { inner.duration("drain", config.rebalance_drain, {0ms, 1min}); });
    keys.section("shutdown", [&](Keys& inner) { inner.duration("drain", config.shutdown_drain, {0ms, 1h}); });
    keys.section("admin", [&](Keys& inner) { describe(inner, config.admin); });
    config::describe_foreign_sections(keys, kOwn);
}

std::variant<WorkerConfig, std::vector<config::Mistake>> load_config(const std::string& path,
                                                                     const config::Environment& environment) {
    WorkerConfig config;
    auto mistakes = config::read_file(path, environment, [&](Keys& keys) { describe(keys, config); });
    if (!mistakes.empty()) return mistakes;
    complete(config, environment);
    return config;
}

}  // namespace strongroom::worker
