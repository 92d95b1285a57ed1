#include <iostream>
#include <variant>

#include "producer/command_line.hpp"
#include "producer/emit/emit_command.hpp"
#include "producer/producer_config.hpp"
#include "producer/stop_signal.hpp"
#include "producer/topics/topics_command.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/config/yaml_printer.hpp"
#include "shared/telemetry/log.hpp"

namespace strongroom {
namespace {

struct Run {
    ProducerConfig config;

    int operator()(const emit::EmitOptions& options) const {
        mark_stop_signals();
        return emit::run_emit(config, options, is_stop_marked);
    }
    int operator()(const topics::TopicsOptions& options) const { return topics::run_topics(config, options); }
    int operator()(const PrintConfigOptions&) const {
        ProducerConfig shown = config;
        std::cout << config::print_yaml([&shown](config::Keys& keys) { describe(keys, shown); });
        return kDone;
    }
};

int run(int argc, const char* const* argv) {
    const auto line = parse_command_line(argc, argv);
    if (const int* code = std::get_if<int>(&line)) return *code;
    const auto& asked = std::get<CommandLine>(line);
    log::start(argv[0], asked.is_verbose);
    auto config = load_config(asked.config_path, config::process_environment());
    if (const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&config)) {
        std::cerr << config::format_mistakes(asked.config_path, *mistakes);
        return kUsage;
    }
    return std::visit(Run{std::get<ProducerConfig>(config)}, asked.command);
}

}  // namespace
}  // namespace strongroom

int main(int argc, char** argv) {
    try {
        return strongroom::run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "strongroom-producer: " << error.what() << '\n';
        return strongroom::kFailed;
    }
}
