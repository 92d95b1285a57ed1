#include "worker/command_line.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "shared/base/exit_code.hpp"

namespace strongroom::worker {

std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv) {
    CommandLine line;
    CLI::App app{
        "Archives a contact centre's media: from Kafka's events through the platform's API into S3, encrypted.\n"
        "Exit codes: 0 done, 1 failed, 2 usage or configuration error. SIGTERM drains.",
        "strongroom-worker"};
    app.set_version_flag("--version", std::string{"strongroom-worker " STRONGROOM_VERSION});
    app.add_option("--config", line.config_path, "The configuration file (YAML)")->required();
    app.add_flag("--verbose", line.is_verbose, "Log more");
    app.fallthrough();
    app.require_subcommand(0, 1);
    app.add_subcommand("run", "Work until asked to stop (the default)");
    const CLI::App* check =
        app.add_subcommand("check", "Try every dependency: broker, topics, Redis, bucket and its permissions, token");
    CLI::App* config = app.add_subcommand("config", "The configuration");
    config->require_subcommand(1);
    config->add_subcommand("print", "The effective configuration, secrets masked");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kDone : kUsage;
    }
    if (check->parsed()) line.command = Command::kCheck;
    if (config->parsed()) line.command = Command::kPrintConfig;
    return line;
}

}  // namespace strongroom::worker
