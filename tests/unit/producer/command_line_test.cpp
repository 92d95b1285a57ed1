#include "producer/command_line.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace strongroom {
namespace {

std::variant<CommandLine, int> parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "strongroom-producer");
    return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

TEST(CommandLine, ReadsEmit) {
    const auto line = std::get<CommandLine>(parse({"--config", "c.yaml", "emit", "--tenant", "acme", "--rejects", "r",
                                                   "--topic", "backfill", "--dry-run", "--json", "a.jsonl", "-"}));
    EXPECT_EQ(line.config_path, "c.yaml");
    const auto& options = std::get<emit::EmitOptions>(line.command);
    EXPECT_EQ(options.files, (std::vector<std::string>{"a.jsonl", "-"}));
    EXPECT_EQ(options.tenant, "acme");
    EXPECT_EQ(options.topic, "backfill");
    EXPECT_EQ(options.rejects, "r");
    EXPECT_TRUE(options.is_dry_run && options.is_json);
}

TEST(CommandLine, TakesTheConfigurationAfterTheCommandToo) {
    const auto line = std::get<CommandLine>(parse({"topics", "apply", "--json", "--config", "c.yaml"}));
    EXPECT_EQ(line.config_path, "c.yaml");
    EXPECT_TRUE(std::get<topics::TopicsOptions>(line.command).is_apply);
    EXPECT_TRUE(std::get<topics::TopicsOptions>(line.command).is_json);
    EXPECT_FALSE(
        std::get<topics::TopicsOptions>(std::get<CommandLine>(parse({"--config", "c", "topics", "check"})).command)
            .is_apply);
    EXPECT_TRUE(std::holds_alternative<PrintConfigOptions>(
        std::get<CommandLine>(parse({"config", "print", "--config", "c"})).command));
}

TEST(CommandLine, EndsWithTwoWhenItIsNotUnderstood) {
    const std::vector<std::vector<const char*>> cases{{},
                                                      {"emit"},
                                                      {"--config", "c"},
                                                      {"--config", "c", "nonsense"},
                                                      {"--config", "c", "topics"},
                                                      {"--config", "c", "emit", "--topic", "other"},
                                                      {"--config", "c", "emit", "--nope"}};
    testing::internal::CaptureStderr();
    for (const auto& arguments : cases) EXPECT_EQ(std::get<int>(parse(arguments)), 2);
    EXPECT_FALSE(testing::internal::GetCapturedStderr().empty());
    testing::internal::CaptureStdout();
    EXPECT_EQ(std::get<int>(parse({"--help"})), 0);
    EXPECT_EQ(std::get<int>(parse({"--version"})), 0);
    EXPECT_NE(testing::internal::GetCapturedStdout().find("strongroom-producer 0."), std::string::npos);
}

}  // namespace
}  // namespace strongroom
