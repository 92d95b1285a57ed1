#include "producer/producer_config.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "shared/config/common_sections.hpp"
#include "shared/config/keys.hpp"
#include "shared/config/yaml_reader.hpp"
#include "shared/records/identifier.hpp"

namespace strongroom {
namespace {

using config::Keys;
using config::Presence;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""h;

constexpr config::Range<std::chrono::milliseconds> kRetention{1s, 24h * 3650};
/// librdkafka's own `message.max.bytes` ends at 1 GB; a topic far below that is still an event's.
constexpr config::Range<ByteCount> kMessageSize{{ByteCount{1U << 10U}}, {ByteCount{64U << 20U}}};

void describe_topics(Keys& keys, records::TopicPlan& plan) {
    keys.integer("partitions", plan.partitions, {1, 10'000});
    keys.integer("replication", plan.replication, {1, 100});
    keys.integer("min_in_sync", plan.min_in_sync, {1, 100});
    keys.require(plan.min_in_sync <= plan.replication, "min_in_sync", "at most 'replication'");
    keys.duration("events_retention", plan.events_retention, kRetention);
    keys.duration("dead_letter_retention", plan.dead_letter_retention, kRetention);
    keys.duration("receipts_retention", plan.receipts_retention, kRetention);
    keys.size("max_message", plan.max_message, kMessageSize);
}

void describe_tenant(Keys& keys, std::string& name) {
    keys.text("name", name, Presence::kRequired,
              {.expected = "1 to 64 characters of A-Z a-z 0-9 . _ - not beginning with a dot",
               .accepts = [](std::string_view text) { return records::check_tenant(text).has_value(); }});
    keys.rest_elsewhere();
}

void describe_retry(Keys& keys, std::vector<std::chrono::milliseconds>& tiers) {
    keys.durations("tiers", tiers, {1s, 24h});
    keys.require(!tiers.empty() && std::ranges::is_sorted(tiers, std::less_equal{}), "tiers",
                 "one delay at least, each longer than the one before");
    keys.rest_elsewhere();
}

}  // namespace

void describe(Keys& keys, ProducerConfig& config) {
    static constexpr std::array<std::string_view, 4> kOwn{"kafka", "topics", "tenants", "retry"};
    const auto kafka = [&](Keys& inner) {
        describe(inner, config.kafka);
        inner.elsewhere("instance");
    };
    keys.section("kafka", kafka, Presence::kRequired);
    keys.list("tenants", config.tenants, describe_tenant, Presence::kRequired);
    const std::set<std::string> names{config.tenants.begin(), config.tenants.end()};
    keys.require(names.size() == config.tenants.size(), "tenants", "every tenant to have a name of its own");
    keys.section("topics", [&](Keys& inner) { describe_topics(inner, config.topics); });
    keys.section("retry", [&](Keys& inner) { describe_retry(inner, config.retry_tiers); });
    config::describe_foreign_sections(keys, kOwn);
}

std::variant<ProducerConfig, std::vector<config::Mistake>> load_config(const std::string& path,
                                                                       const config::Environment& environment) {
    ProducerConfig config;
    auto mistakes = config::read_file(path, environment, [&](Keys& keys) { describe(keys, config); });
    if (!mistakes.empty()) return mistakes;
    return config;
}

}  // namespace strongroom
