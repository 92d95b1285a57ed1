#include "auditor/command_line.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom::auditor {
namespace {

using testing::HasSubstr;

struct Parsed {
    std::variant<CommandLine, int> result;
    std::string out;
    std::string err;
};

Parsed parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "strongroom-auditor");
    std::ostringstream out;
    std::ostringstream err;
    auto result = parse_command_line(static_cast<int>(arguments.size()), arguments.data(), out, err);
    return {std::move(result), out.str(), err.str()};
}

TEST(CommandLine, ReadsOpen) {
    const auto parsed = parse({"--config", "c.yaml", "open", "s3://b/k", "-o", "out.wav"});
    ASSERT_TRUE(std::holds_alternative<CommandLine>(parsed.result)) << parsed.err;
    const auto& line = std::get<CommandLine>(parsed.result);
    EXPECT_EQ(line.config_path, "c.yaml");
    const auto& open = std::get<OpenArguments>(line.command);
    EXPECT_EQ(open.source, "s3://b/k");
    EXPECT_EQ(open.output, "out.wav");
    EXPECT_FALSE(open.stream);
}

TEST(CommandLine, ReadsVerifyInEveryOrder) {
    for (const auto& arguments : std::vector<std::vector<const char*>>{
             {"verify", "--prefix", "s3://b/p/", "--json", "--endpoint", "http://127.0.0.1:1"},
             {"--endpoint", "http://127.0.0.1:1", "verify", "s3://b/p/", "--prefix", "--json"}}) {
        const auto parsed = parse(arguments);
        ASSERT_TRUE(std::holds_alternative<CommandLine>(parsed.result)) << parsed.err;
        const auto& line = std::get<CommandLine>(parsed.result);
        EXPECT_EQ(line.overrides.endpoint, "http://127.0.0.1:1");
        const auto& verify = std::get<VerifyArguments>(line.command);
        EXPECT_TRUE(verify.prefix);
        EXPECT_TRUE(verify.json);
        EXPECT_THAT(verify.locations, testing::ElementsAre("s3://b/p/"));
    }
}

TEST(CommandLine, TellsMistakesAndEndsWithTwo) {
    const std::vector<std::pair<std::vector<const char*>, std::string>> table{
        {{}, "subcommand"},
        {{"frobnicate"}, "subcommand"},
        {{"open"}, "source is required"},
        {{"open", "s3://b"}, "expected s3://bucket/key"},
        {{"open", "a.enc"}, "needs --metadata"},
        {{"open", "s3://b/k", "--metadata", "m.json"}, "for local files"},
        {{"open", "s3://b/k", "--stream", "-o", "f"}, "exclude each other"},
        {{"verify"}, "name the objects"},
        {{"verify", "s3://b/k", "--receipts"}, "give one of"},
        {{"verify", "k"}, "expected s3://bucket/key"},
        {{"verify", "--prefix", "s3://b/1", "s3://b/2"}, "--prefix needs one"},
        {{"verify", "--receipts", "--concurrency", "0"}, "concurrency"},
    };
    for (const auto& [arguments, says] : table) {
        const auto parsed = parse(arguments);
        ASSERT_TRUE(std::holds_alternative<int>(parsed.result)) << says;
        EXPECT_EQ(std::get<int>(parsed.result), 2) << says;
        EXPECT_THAT(parsed.err, HasSubstr(says));
    }
}

TEST(CommandLine, PrintsHelpAndVersion) {
    for (const char* option : {"--help", "--version"}) {
        const auto parsed = parse({option});
        ASSERT_TRUE(std::holds_alternative<int>(parsed.result));
        EXPECT_EQ(std::get<int>(parsed.result), 0);
        EXPECT_FALSE(parsed.out.empty());
    }
}

config::Environment environment(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional{found->second};
    };
}

AuditorConfig load(const std::string& text, std::map<std::string, std::string> variables) {
    const std::string path = testing::TempDir() + "auditor.yaml";
    std::ofstream{path} << text;
    auto config = load_config(text.empty() ? std::string{} : path, environment(std::move(variables)));
    std::remove(path.c_str());
    EXPECT_TRUE(std::holds_alternative<AuditorConfig>(config));
    return std::holds_alternative<AuditorConfig>(config) ? std::get<AuditorConfig>(config) : AuditorConfig{};
}

TEST(AuditorConfig, NeedsNoFile) {
    const auto config = load("", {{"AWS_ENDPOINT_URL_S3", "http://s3"},
                                  {"AWS_DEFAULT_REGION", "eu-west-1"},
                                  {"ENCRYPTION_KEY_HEX", "ab"},
                                  {"KAFKA_BOOTSTRAP_SERVERS", "k:1"}});
    EXPECT_EQ(config.store.endpoint, "http://s3");
    EXPECT_EQ(config.store.region, "eu-west-1");
    EXPECT_EQ(config.keys.hex.reveal(), "ab");
    EXPECT_TRUE(config.sole_key);
    EXPECT_EQ(config.kafka.brokers, "k:1");
}

TEST(AuditorConfig, ReadsTheWorkersFile) {
    const auto config = load(R"(
kafka: { brokers: "b:9092", group: g, topic_prefix: p, instance: i }
tenants:
  - name: acme
    platform: { anything: goes }
    destination: { bucket: acme-archive, region: eu-west-1, endpoint: "http://one", format: v3 }
  - name: other
    destination: { bucket: other-archive }
keys: { active: "2026-11", files: { "2026-11": /run/secrets/key } }
redis: { url: "redis://h" }
)",
                             {{"AWS_REGION", "us-west-2"}, {"ENCRYPTION_KEY_HEX", "ab"}});
    EXPECT_EQ(config.buckets.at("acme-archive").endpoint, "http://one");
    EXPECT_EQ(config.buckets.at("acme-archive").region, "eu-west-1");
    EXPECT_EQ(config.buckets.at("other-archive").region, "us-west-2");
    EXPECT_EQ(config.keys.active, "2026-11");
    EXPECT_TRUE(config.keys.hex.empty());
    EXPECT_FALSE(config.sole_key);
    EXPECT_EQ(config.kafka.topic_prefix, "p");
}

TEST(AuditorConfig, TellsMistakes) {
    const std::string path = testing::TempDir() + "wrong.yaml";
    std::ofstream{path} << "store: { regoin: x }\nkey: 1\n";
    const auto config = load_config(path, environment({}));
    std::remove(path.c_str());
    ASSERT_TRUE(std::holds_alternative<std::vector<config::Mistake>>(config));
    EXPECT_EQ(std::get<std::vector<config::Mistake>>(config).size(), 2U);
}

TEST(Overrides, GoOverFileAndEnvironment) {
    AuditorConfig config{.buckets = {{"b", {.endpoint = "http://file"}}}, .keys = {.hex = Secret{"ab"}}};
    ASSERT_TRUE(apply({.endpoint = "http://flag", .key_files = {"new=/n", "old=/o=1"}}, config));
    EXPECT_EQ(config.store.endpoint, "http://flag");
    EXPECT_EQ(config.buckets.at("b").endpoint, "http://flag");
    EXPECT_EQ(config.keys.active, "new");
    EXPECT_EQ(config.keys.files.at("old"), "/o=1");
    EXPECT_TRUE(config.keys.hex.empty());
    ASSERT_TRUE(apply({.key_hex_file = "/k"}, config));
    EXPECT_TRUE(config.sole_key);
    EXPECT_FALSE(apply({.key_hex_file = "/k", .key_files = {"a=/b"}}, config));
    EXPECT_FALSE(apply({.key_files = {"nonsense"}}, config));
}

}  // namespace
}  // namespace strongroom::auditor
