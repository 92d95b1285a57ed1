#include "producer/producer_config.hpp"

#include <gtest/gtest.h>

#include "shared/config/yaml_printer.hpp"
#include "shared/config/yaml_reader.hpp"

namespace strongroom {
namespace {

std::string read(std::string_view text, ProducerConfig& config) {
    return config::format_mistakes("f", config::read_text(
                                            text, [](const std::string&) { return std::nullopt; },
                                            [&](config::Keys& keys) { describe(keys, config); }));
}

TEST(ProducerConfig, SharesTheWorkersFile) {
    ProducerConfig config;
    EXPECT_EQ(read(R"(
kafka:   { brokers: "127.0.0.1:9092", group: strongroom, topic_prefix: sr, instance: a, properties: { security.protocol: plaintext } }
tenants:
  - name: acme
    platform:    { client_id: "${GENESYS_CLIENT_ID}", client_secret_file: /run/secrets/genesys }
    destination: { bucket: acme-archive }
  - name: globex
keys:    { active: k, files: { k: /run/k } }
redis:   { url: "redis://127.0.0.1:6379/0" }
shards: 1
limits:  { in_flight: 1000 }
commit:  { interval: 200ms }
retry:   { tiers: [2s, 10s], max_attempts: 10 }
admin:   { listen: "127.0.0.1:9464" }
topics:  { partitions: 4, replication: 1, min_in_sync: 1 }
)",
                   config),
              "");
    EXPECT_EQ(config.tenants, (std::vector<std::string>{"acme", "globex"}));
    EXPECT_EQ(config.topics.partitions, 4);
    EXPECT_EQ(config.retry_tiers.size(), 2U);
}

TEST(ProducerConfig, TellsMistakesOfItsOwnSectionsAndMisspeltOnes) {
    ProducerConfig config;
    EXPECT_EQ(
        read("kafka: { brokers: \"b:1\", topic_prefix: \"a b\" }\n"
             "tenants: [{ name: ../x }]\n"
             "topics: { replication: 1 }\n"
             "retry: { tiers: [5m, 30s] }\n"
             "redsi: {}\n",
             config),
        "f:1: kafka.topic_prefix: expected 1 to 200 characters of a-z A-Z 0-9 . _ -, not 'a b'\n"
        "f:2: tenants[0].name: expected 1 to 64 characters of A-Z a-z 0-9 . _ - not beginning with a dot, not '../x'\n"
        "f:3: topics.min_in_sync: expected at most 'replication'\n"
        "f:4: retry.tiers: expected one delay at least, each longer than the one before\n"
        "f:5: redsi: unknown key; did you mean 'redis'?\n");
    EXPECT_EQ(read("kafka: { brokers: \"b:1\" }\ntenants: [{ name: a }, { name: a }]\n", config),
              "f:2: tenants: expected every tenant to have a name of its own\n");
}

TEST(ProducerConfig, PrintsWhatIsInForce) {
    ProducerConfig config{.tenants = {"acme"}};
    config.kafka.properties["sasl.password"] = "hidden";
    const std::string text = config::print_yaml([&](config::Keys& keys) { describe(keys, config); });
    EXPECT_EQ(text.find("hidden"), std::string::npos);
    EXPECT_NE(text.find("events_retention: 7d\n"), std::string::npos);
    EXPECT_NE(text.find("tiers: [30s, 5m, 1h]\n"), std::string::npos);
}

}  // namespace
}  // namespace strongroom
