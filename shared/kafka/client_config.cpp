#include "shared/kafka/client_config.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "shared/base/secret.hpp"
#include "shared/config/keys.hpp"
#include "shared/kafka/handles.hpp"

namespace strongroom::kafka {
namespace {

struct Refusal {
    std::string_view property;
    std::string_view reason;
};

constexpr std::string_view kOwnOffsets = "offsets are committed only inside the worker's transactions";
constexpr std::string_view kExactlyOnce =
    "outcomes are exactly once only with the idempotent, transactional producer as set";

constexpr Refusal kRefused[] = {
    {"bootstrap.servers", "set kafka.brokers instead"},
    {"metadata.broker.list", "set kafka.brokers instead"},
    {"group.id", "set kafka.group instead"},
    {"group.protocol", "set kafka.group_protocol instead"},
    {"group.instance.id", "one id would be shared by several consumers of a pod, and they would fence each other"},
    {"partition.assignment.strategy", "partitions move one by one only with cooperative-sticky"},
    {"enable.auto.commit", kOwnOffsets},
    {"auto.commit.enable", kOwnOffsets},
    {"auto.commit.interval.ms", kOwnOffsets},
    {"enable.auto.offset.store", kOwnOffsets},
    {"offset.store.method", kOwnOffsets},
    {"auto.offset.reset",
     "a partition without a committed offset starts at its first record, or records would be skipped"},
    {"isolation.level", "records of aborted transactions must stay invisible"},
    {"transactional.id", "it is made of group, kafka.instance and shard, so that two pods never share it"},
    {"transaction.timeout.ms", "the time a partition is blocked after a crash depends on it"},
    {"enable.idempotence", kExactlyOnce},
    {"acks", kExactlyOnce},
    {"request.required.acks", kExactlyOnce},
    {"retries", kExactlyOnce},
    {"message.send.max.retries", kExactlyOnce},
    {"max.in.flight", kExactlyOnce},
    {"max.in.flight.requests.per.connection", kExactlyOnce},
    {"enable.gapless.guarantee", kExactlyOnce},
    {"delivery.report.only.error", kExactlyOnce},
    {"partitioner", "records of one key must stay on the partition where Java clients put them (murmur2_random)"},
    {"allow.auto.create.topics", "a mistyped prefix would make topics with the broker's defaults"},
    {"enable.partition.eof", "the worker does not read to an end"},
    {"log.queue", "logs go to the program's own log"},
};

const Refusal* find_refusal(std::string_view property) {
    const auto* row = std::ranges::find_if(kRefused, [&](const Refusal& r) { return r.property == property; });
    return row == std::end(kRefused) ? nullptr : row;
}

bool is_secret(std::string_view property) {
    static constexpr std::array kMarks{std::string_view{"password"},    std::string_view{"secret"},
                                       std::string_view{"ssl.key.pem"}, std::string_view{"ssl_key"},
                                       std::string_view{"token"},       std::string_view{"sasl.oauthbearer.config"},
                                       std::string_view{"assertion"}};
    return std::ranges::any_of(kMarks, [&](auto mark) { return property.find(mark) != std::string_view::npos; });
}

/// What Kafka allows in a topic's name (org.apache.kafka.common.internals.Topic), with room for `.dead-letter`.
bool is_topic_prefix(std::string_view prefix) {
    constexpr std::size_t kLongest = 200;
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    return !prefix.empty() && prefix.size() <= kLongest && prefix.find_first_not_of(kAllowed) == std::string_view::npos;
}

}  // namespace

void describe(config::Keys& keys, ClientConfig& config) {
    static constexpr std::array<std::pair<std::string_view, GroupProtocol>, 2> kProtocols{
        {{"classic", GroupProtocol::kClassic}, {"consumer", GroupProtocol::kConsumer}}};
    keys.text("brokers", config.brokers, config::Presence::kRequired,
              {.expected = "host:port, several with commas between",
               .accepts = [](std::string_view text) { return text.find(':') != std::string_view::npos; }});
    keys.text("group", config.group);
    keys.text("topic_prefix", config.topic_prefix, config::Presence::kOptional,
              {.expected = "1 to 200 characters of a-z A-Z 0-9 . _ -", .accepts = is_topic_prefix});
    keys.choice<GroupProtocol>("group_protocol", config.group_protocol, kProtocols);
    keys.properties("properties", config.properties);
    for (const auto& [property, reason] : check_properties(config)) {
        keys.require(false, "properties", "no '" + property + "': " + reason);
    }
}

std::vector<PropertyMistake> check_properties(const ClientConfig& config) {
    std::vector<PropertyMistake> mistakes;
    const ConfHandle scratch{rd_kafka_conf_new()};
    for (const auto& [name, value] : config.properties) {
        if (const auto* refusal = find_refusal(name)) {
            mistakes.push_back({name, std::string{refusal->reason}});
            continue;
        }
        std::array<char, 512> text{};
        if (rd_kafka_conf_set(scratch.get(), name.c_str(), value.c_str(), text.data(), text.size()) != RD_KAFKA_CONF_OK)
            mistakes.push_back({name, is_secret(name) ? "librdkafka does not take this value" : text.data()});
    }
    return mistakes;
}

std::map<std::string, std::string> masked_properties(const ClientConfig& config) {
    auto shown = config.properties;
    for (auto& [name, value] : shown)
        if (is_secret(name)) value = Secret::kMask;
    return shown;
}

}  // namespace strongroom::kafka
