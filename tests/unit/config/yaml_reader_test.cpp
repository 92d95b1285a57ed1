#include "shared/config/yaml_reader.hpp"

#include <array>
#include <cstdio>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/config/common_sections.hpp"

namespace strongroom::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""h;

enum class Level { kLow, kHigh };

struct Tenant {
    std::string name;
    Secret secret;
};

struct Sample {
    std::string brokers;
    std::map<std::string, std::string> properties;
    std::vector<Tenant> tenants;
    int shards = 1;
    double share = 0.25;
    bool on = false;
    std::chrono::milliseconds interval = 200ms;
    ByteCount limit{1024};
    Level level = Level::kLow;
    std::vector<std::chrono::milliseconds> tiers{30s};
    std::map<std::string, std::string> files;
};

void describe(Keys& keys, Sample& sample) {
    static constexpr std::array<std::pair<std::string_view, Level>, 2> kLevels{
        {{"low", Level::kLow}, {"high", Level::kHigh}}};
    keys.section(
        "kafka",
        [&](Keys& kafka) {
            kafka.text("brokers", sample.brokers, Presence::kRequired);
            kafka.properties("properties", sample.properties);
        },
        Presence::kRequired);
    keys.list(
        "tenants", sample.tenants,
        [](Keys& tenant, Tenant& value) {
            tenant.text("name", value.name, Presence::kRequired);
            tenant.secret("client_secret", value.secret, Presence::kRequired);
            tenant.elsewhere("destination");
        },
        Presence::kRequired);
    keys.integer("shards", sample.shards, {1, 64});
    keys.section("limits", [&](Keys& limits) {
        limits.number("share", sample.share, {0, 1});
        limits.flag("on", sample.on);
        limits.duration("interval", sample.interval, {10ms, 1h});
        limits.size("limit", sample.limit, {ByteCount{1}, ByteCount{1 << 20}});
        limits.choice<Level>("level", sample.level, kLevels);
        limits.require(!(sample.on && sample.level == Level::kHigh), "level", "low while 'on' is true");
    });
    keys.durations("tiers", sample.tiers, {1s, 24h});
    keys.text_map("files", sample.files);
}

const Environment kEnvironment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "SECRET") return "s3cr3t";
    return std::nullopt;
};

std::vector<std::string> mistakes(std::string_view text, Sample& sample) {
    std::vector<std::string> lines;
    for (const Mistake& mistake : read_text(text, kEnvironment, [&](Keys& keys) { describe(keys, sample); })) {
        lines.push_back(std::to_string(mistake.line) + " " + mistake.path + ": " + mistake.what);
    }
    return lines;
}

std::vector<std::string> mistakes(std::string_view text) {
    Sample sample;
    return mistakes(text, sample);
}

constexpr std::string_view kGood = R"(
kafka: { brokers: "127.0.0.1:9092", properties: { sasl.username: me, security.protocol: plaintext } }
tenants:
  - name: acme
    client_secret: "${SECRET}"
    destination: { whatever: "${NOT_SET}" }
shards: 4
limits: { share: 0.5, on: true, interval: 5s, limit: 64KiB, level: low }
tiers: [30s, 5m]
files: { "2026-11": /run/k }
)";

TEST(YamlReader, FillsTheStructs) {
    Sample sample;
    EXPECT_THAT(mistakes(kGood, sample), IsEmpty());
    EXPECT_EQ(sample.brokers, "127.0.0.1:9092");
    EXPECT_EQ(sample.properties.at("sasl.username"), "me");
    ASSERT_EQ(sample.tenants.size(), 1U);
    EXPECT_EQ(sample.tenants[0].secret.reveal(), "s3cr3t");
    EXPECT_EQ(sample.shards, 4);
    EXPECT_EQ(sample.share, 0.5);
    EXPECT_TRUE(sample.on);
    EXPECT_EQ(sample.interval, 5s);
    EXPECT_EQ(sample.limit.value, 65'536U);
    EXPECT_THAT(sample.tiers, ElementsAre(30s, 300s));
    EXPECT_EQ(sample.files.at("2026-11"), "/run/k");
}

TEST(YamlReader, TellsEveryMistakeAtOnce) {
    EXPECT_THAT(mistakes("kafka: { borkers: x }\n"
                         "tenants:\n"
                         "  - name: acme\n"
                         "    client_secret: ${NOPE}\n"
                         "  - nam: globex\n"
                         "    name:\n"
                         "shards: many\n"
                         "limits:\n"
                         "  share: nan\n"
                         "  interval: 1ms\n"
                         "  limit: [1]\n"
                         "  level: medium\n"
                         "shards: 2\n"
                         "tiers: [30s, soon]\n"
                         "zzz: 1\n"),
                testing::UnorderedElementsAre(
                    "1 kafka.brokers: missing; expected text", "1 kafka.borkers: unknown key; did you mean 'brokers'?",
                    "4 tenants[0].client_secret: the environment variable NOPE is not set; expected a secret",
                    "5 tenants[1].nam: unknown key; did you mean 'name'?", "6 tenants[1].name: is empty; expected text",
                    "5 tenants[1].client_secret: missing; expected a secret (or client_secret_file)",
                    "7 shards: expected a whole number from 1 to 64, not 'many'",
                    "9 limits.share: expected a number from 0 to 1, not 'nan'",
                    "10 limits.interval: expected a duration (such as 200ms, 30s, 5m, 48h) from 10ms to 1h, not '1ms'",
                    "11 limits.limit: expected a size (such as 64KiB, 8MiB, 100MB) from 1 to 1MiB",
                    "12 limits.level: expected low or high, not 'medium'", "13 shards: given twice (first in line 7)",
                    "14 tiers[1]: expected a duration (such as 200ms, 30s, 5m, 48h) from 1s to 1d, not 'soon'",
                    "15 zzz: unknown key; expected one of kafka, tenants, shards, limits, tiers, files"));
}

TEST(YamlReader, AnEmptyFileMissesWhatIsRequired) {
    EXPECT_THAT(mistakes(""),
                ElementsAre("1 kafka.brokers: missing; expected text", "1 tenants: missing; expected a list"));
    EXPECT_THAT(mistakes("- a\n"), ElementsAre("1 : expected nested keys"));
}

TEST(YamlReader, TellsContradictions) {
    const std::string text = std::string{kGood} + "limits2: 1\n";
    Sample sample;
    std::string contradiction{kGood};
    contradiction.replace(contradiction.find("level: low"), 10, "level: high");
    EXPECT_THAT(mistakes(contradiction, sample), ElementsAre("8 limits.level: expected low while 'on' is true"));
}

TEST(YamlReader, TellsEveryContradictionOfASection) {
    const auto found = read_text("a: {}\nb: 1\n", kEnvironment, [](Keys& keys) {
        keys.require(false, "a", "x");
        keys.require(true, "a", "y");
        keys.require(false, "b", "z");
        keys.rest_elsewhere();
    });
    EXPECT_EQ(format_mistakes("f", found), "f:1: a: expected x\nf:2: b: expected z\n");
}

TEST(YamlReader, ReadsSecretsFromFiles) {
    const std::string path = testing::TempDir() + "strongroom-secret";
    std::ofstream{path} << "from a file\n";
    const std::string head = "kafka: { brokers: b, properties: { sasl.password_file: " + path + " } }\n";
    Sample sample;
    EXPECT_THAT(mistakes(head + "tenants: [{ name: a, client_secret_file: " + path + " }]\n", sample), IsEmpty());
    EXPECT_EQ(sample.tenants[0].secret.reveal(), "from a file");
    EXPECT_EQ(sample.properties.at("sasl.password"), "from a file");
    EXPECT_THAT(mistakes(head + "tenants: [{ name: a, client_secret: x, client_secret_file: " + path + " }]\n", sample),
                ElementsAre("2 tenants[0].client_secret_file: contradicts 'client_secret'; expected one of the two"));
    std::remove(path.c_str());
    EXPECT_THAT(mistakes("kafka: { brokers: b }\ntenants: [{ name: a, client_secret_file: /no/such }]\n", sample),
                ElementsAre("2 tenants[0].client_secret_file: cannot read /no/such: No such file or directory"));
}

TEST(YamlReader, NeverShowsWhatAVariableHolds) {
    EXPECT_THAT(mistakes(std::string{kGood} + "shards: ${SECRET}\n").size(), 1U);
    std::string text{kGood};
    text.replace(text.find("shards: 4"), 9, "shards: ${SECRET}");
    EXPECT_THAT(mistakes(text), ElementsAre("7 shards: expected a whole number from 1 to 64, not '${SECRET}'"));
}

TEST(YamlReader, AMissingFileIsAMistake) {
    const auto found = read_file("/no/such.yaml", kEnvironment, [](Keys&) {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(format_mistakes("/no/such.yaml", found),
              "/no/such.yaml: cannot read /no/such.yaml: No such file or directory\n");
    EXPECT_EQ(read_file("/", kEnvironment, [](Keys&) {}).size(), 1U);
}

TEST(YamlReader, AFileMayServeSeveralPrograms) {
    static constexpr std::array<std::string_view, 1> kOwn{"kafka"};
    const auto found = read_text("kafka: {}\nredis: { url: \"${NOPE}\" }\nredsi: {}\n", kEnvironment, [](Keys& keys) {
        keys.section("kafka", [](Keys&) {});
        describe_foreign_sections(keys, kOwn);
    });
    EXPECT_EQ(format_mistakes("f", found), "f:3: redsi: unknown key; did you mean 'redis'?\n");
}

TEST(YamlReader, LeavesTheRestOfAForeignSectionAlone) {
    std::string bucket;
    const auto mistakes = read_text("destination: { bucket: b, part_size: nonsense }\nother: 1\n", {}, [&](Keys& keys) {
        keys.section("destination", [&](Keys& inner) {
            inner.text("bucket", bucket);
            inner.rest_elsewhere();
        });
    });
    EXPECT_EQ(bucket, "b");
    ASSERT_EQ(mistakes.size(), 1U);
    EXPECT_EQ(mistakes[0].path, "other");
}

}  // namespace
}  // namespace strongroom::config
