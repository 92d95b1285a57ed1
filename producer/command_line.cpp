#include "producer/command_line.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "shared/base/exit_code.hpp"

namespace strongroom {
namespace {

CLI::App* add_emit(CLI::App& app, emit::EmitOptions& options) {
    CLI::App* emit = app.add_subcommand("emit", "Send the archiving events of JSON lines");
    emit->add_option("FILE", options.files, "Files of JSON lines; - is standard input (the default)");
    emit->add_option("--tenant", options.tenant, "Whose events they are (default: the only tenant)");
    emit->add_option("--topic", options.topic,
                     "events, or backfill for what need not be archived before today's events")
        ->check(CLI::IsMember({"events", "backfill"}))
        ->capture_default_str();
    emit->add_option("--rejects", options.rejects, "Keep lines that were not sent in this file");
    emit->add_flag("--dry-run", options.is_dry_run, "Read and check everything, send nothing");
    emit->add_flag("--json", options.is_json, "The summary as one JSON object");
    return emit;
}

/// `apply` and `check` set the verb of the options they share.
CLI::App* add_topics(CLI::App& app, topics::TopicsOptions& options) {
    CLI::App* topics = app.add_subcommand("topics", "The topics that the programs need");
    topics->require_subcommand(1);
    CLI::App* apply = topics->add_subcommand("apply", "Create what is missing; never alters what exists");
    CLI::App* check = topics->add_subcommand("check", "Compare only");
    apply->callback([&options] { options.is_apply = true; });
    for (CLI::App* verb : {apply, check}) verb->add_flag("--json", options.is_json, "The findings as JSON");
    return topics;
}

CLI::App* add_config(CLI::App& app) {
    CLI::App* config = app.add_subcommand("config", "The configuration");
    config->require_subcommand(1);
    config->add_subcommand("print", "The effective configuration, secrets masked");
    return config;
}

}  // namespace

std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv) {
    CommandLine line;
    emit::EmitOptions emit_options;
    topics::TopicsOptions topics_options;
    CLI::App app{
        "Puts archiving events on Kafka and looks after the topics.\n"
        "Exit codes: 0 done, 1 failed, 2 usage or configuration error.",
        "strongroom-producer"};
    app.set_version_flag("--version", std::string{"strongroom-producer " STRONGROOM_VERSION});
    app.add_option("--config", line.config_path, "The configuration file (YAML)")->required();
    app.add_flag("--verbose", line.is_verbose, "Log more");
    app.fallthrough();
    app.require_subcommand(1);
    const CLI::App* emit = add_emit(app, emit_options);
    const CLI::App* topics = add_topics(app, topics_options);
    add_config(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kDone : kUsage;
    }
    if (emit->parsed())
        line.command = emit_options;
    else if (topics->parsed())
        line.command = topics_options;
    else
        line.command = PrintConfigOptions{};
    return line;
}

}  // namespace strongroom
