#include "shared/kafka/client_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/config/yaml_reader.hpp"

namespace strongroom::kafka {
namespace {

using testing::HasSubstr;

ClientConfig with(std::map<std::string, std::string> properties) {
    return {.properties = std::move(properties)};
}

TEST(ClientConfig, TakesOrdinaryProperties) {
    EXPECT_TRUE(check_properties(with({{"security.protocol", "sasl_ssl"}, {"linger.ms", "20"}})).empty());
}

TEST(ClientConfig, RefusesWhatWouldBreakAGuaranteeWithTheReason) {
    const struct {
        const char* property;
        const char* value;
        const char* reason;
    } cases[] = {{"enable.auto.commit", "true", "transactions"},
                 {"enable.auto.offset.store", "true", "transactions"},
                 {"auto.offset.reset", "latest", "skipped"},
                 {"isolation.level", "read_uncommitted", "aborted"},
                 {"transactional.id", "mine", "shard"},
                 {"enable.idempotence", "false", "exactly once"},
                 {"acks", "1", "exactly once"},
                 {"partitioner", "random", "murmur2_random"},
                 {"partition.assignment.strategy", "range", "cooperative-sticky"},
                 {"bootstrap.servers", "other:9092", "kafka.brokers"},
                 {"group.id", "other", "kafka.group"}};
    for (const auto& c : cases) {
        const auto mistakes = check_properties(with({{c.property, c.value}}));
        ASSERT_EQ(mistakes.size(), 1U) << c.property;
        EXPECT_EQ(mistakes[0].property, c.property);
        EXPECT_THAT(mistakes[0].reason, HasSubstr(c.reason)) << c.property;
    }
}

TEST(ClientConfig, ReportsEveryUnknownOrInvalidPropertyInLibrdkafkasWords) {
    const auto mistakes = check_properties(with({{"no.such.thing", "1"}, {"linger.ms", "soon"}}));
    ASSERT_EQ(mistakes.size(), 2U);
    EXPECT_THAT(mistakes[0].reason, HasSubstr("Invalid value"));
    EXPECT_THAT(mistakes[1].reason, HasSubstr("No such configuration property"));
}

TEST(ClientConfig, IsReadWithEveryRefusedPropertyTold) {
    ClientConfig config;
    const auto read = [&config](std::string_view text) {
        const auto mistakes = config::read_text(text, config::process_environment(),
                                                [&config](config::Keys& keys) { describe(keys, config); });
        return config::format_mistakes("f", mistakes);
    };
    EXPECT_EQ(read("brokers: b:9092\ngroup: g\ntopic_prefix: p\ngroup_protocol: consumer\n"
                   "properties: { security.protocol: plaintext }\n"),
              "");
    EXPECT_EQ(config.topic_prefix, "p");
    EXPECT_EQ(config.group_protocol, GroupProtocol::kConsumer);
    const std::string mistakes = read("brokers: b:9092\nproperties: { acks: 1, nope: 1 }\n");
    EXPECT_THAT(mistakes, HasSubstr("f:2: properties: expected no 'acks': outcomes are exactly once"));
    EXPECT_THAT(mistakes, HasSubstr("f:2: properties: expected no 'nope': No such configuration property"));
    EXPECT_THAT(read("topic_prefix: a b\n"), HasSubstr("f:1: brokers: missing"));
}

TEST(ClientConfig, MasksSecrets) {
    const auto shown = masked_properties(with({{"sasl.password", "hunter2"},
                                               {"ssl.key.password", "hunter2"},
                                               {"sasl.oauthbearer.client.secret", "hunter2"},
                                               {"sasl.username", "worker"}}));
    EXPECT_EQ(shown.at("sasl.password"), "*****");
    EXPECT_EQ(shown.at("ssl.key.password"), "*****");
    EXPECT_EQ(shown.at("sasl.oauthbearer.client.secret"), "*****");
    EXPECT_EQ(shown.at("sasl.username"), "worker");
}

}  // namespace
}  // namespace strongroom::kafka
