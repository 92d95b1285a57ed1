#include <iostream>
#include <variant>

#include "shared/base/exit_code.hpp"
#include "shared/config/yaml_printer.hpp"
#include "shared/telemetry/log.hpp"
#include "worker/check.hpp"
#include "worker/command_line.hpp"
#include "worker/pod.hpp"
#include "worker/worker_config.hpp"

namespace strongroom::worker {
namespace {

int print_config(WorkerConfig config) {
    std::cout << config::print_yaml([&config](config::Keys& keys) { describe(keys, config); });
    return kDone;
}

int run(int argc, const char* const* argv) {
    const auto line = parse_command_line(argc, argv);
    if (const int* code = std::get_if<int>(&line)) return *code;
    const auto& asked = std::get<CommandLine>(line);
    log::start(argv[0], asked.is_verbose);
    auto loaded = load_config(asked.config_path, config::process_environment());
    if (const auto* mistakes = std::get_if<std::vector<config::Mistake>>(&loaded)) {
        std::cerr << config::format_mistakes(asked.config_path, *mistakes);
        return kUsage;
    }
    const auto& config = std::get<WorkerConfig>(loaded);
    if (asked.command == Command::kPrintConfig) return print_config(config);
    const auto keyring = keys::FileKeyring::load(config.keys);
    if (!keyring) {
        std::cerr << "strongroom-worker: " << keyring.error().message << '\n';
        return kUsage;
    }
    for (const std::string& warning : keyring->warnings) log::warning("keyring", {{"warning", warning}});
    if (asked.command == Command::kCheck) return run_check(config);
    return run_pod(config, keyring->keyring);
}

}  // namespace
}  // namespace strongroom::worker

int main(int argc, char** argv) {
    try {
        return strongroom::worker::run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "strongroom-worker: " << error.what() << '\n';
        return strongroom::kFailed;
    }
}
