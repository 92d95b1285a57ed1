#include <csignal>
#include <iostream>
#include <random>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>

#include "auditor/command_line.hpp"
#include "auditor/commands.hpp"
#include "auditor/key_choice.hpp"
#include "auditor/object_location.hpp"
#include "auditor/stores.hpp"
#include "shared/aws/credential_chain.hpp"
#include "shared/http/curl_loop.hpp"
#include "shared/runtime/shutdown_signal.hpp"
#include "shared/telemetry/log.hpp"

namespace strongroom::auditor {
namespace {

constexpr int kUsage = 2;

int tell(std::string_view message, int code) {
    std::cerr << "strongroom-auditor: " << printable(message) << '\n';
    return code;
}

/// File, environment and command line together; the code to exit with where they do not make a configuration.
std::variant<AuditorConfig, int> configure(const CommandLine& line) {
    auto loaded = load_config(line.config_path, config::process_environment());
    if (auto* mistakes = std::get_if<std::vector<config::Mistake>>(&loaded)) {
        std::cerr << config::format_mistakes(line.config_path, std::move(*mistakes));
        return kUsage;
    }
    auto& config = std::get<AuditorConfig>(loaded);
    if (auto applied = apply(line.overrides, config); !applied) return tell(applied.error().message, kUsage);
    return std::move(config);
}

Task<int> run_command(Surroundings& around, const CommandLine& line) {
    if (const auto* open = std::get_if<OpenArguments>(&line.command)) return run_open(around, *open);
    return run_verify(around, std::get<VerifyArguments>(line.command));
}

/// The command, or the end that a signal asks for: partial files are gone then.
Task<> run_until_signal(Surroundings& around, const CommandLine& line, int& code) {
    using boost::asio::experimental::awaitable_operators::operator||;
    const auto ended = co_await (run_command(around, line) || wait_for_shutdown_signal());
    code = ended.index() == 0 ? std::get<0>(ended) : tell("interrupted", 1);
}

int run(const CommandLine& line, const AuditorConfig& config) {
    auto keys = keys::FileKeyring::load(config.keys);
    if (!keys) {
        std::cerr << keys.error().message << '\n';
        return kUsage;
    }
    for (const std::string& warning : keys->warnings) tell("warning: " + warning, 0);
    boost::asio::io_context context{1};
    const SystemTime time;
    TimerSleeper sleeper;
    std::mt19937_64 random{std::random_device{}()};
    http::CurlLoop http{context.get_executor(), time};
    const auto credentials = aws::make_default_chain(time, config::process_environment());
    const auto stores = Stores::make(config, http, *credentials, time);
    if (!stores) return tell(stores.error().message, kUsage);
    Surroundings around{.store_of = [&stores](const std::string& bucket) -> auto& { return stores->of(bucket); },
                        .keys = lookup_in(keys->keyring, config.sole_key),
                        .kafka = config.kafka,
                        .time = time,
                        .sleeper = sleeper,
                        .random = random,
                        .out = std::cout,
                        .err = std::cerr};
    int code = 1;
    boost::asio::co_spawn(context, run_until_signal(around, line, code), [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    });
    context.run();
    return code;
}

int run_main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is a failed write
    const auto parsed = parse_command_line(argc, argv, std::cout, std::cerr);
    if (const int* code = std::get_if<int>(&parsed)) return *code;
    log::start("strongroom-auditor", false);
    const auto& line = std::get<CommandLine>(parsed);
    const auto config = configure(line);
    if (const int* code = std::get_if<int>(&config)) return *code;
    return run(line, std::get<AuditorConfig>(config));
}

}  // namespace
}  // namespace strongroom::auditor

int main(int argc, char** argv) {
    try {
        return strongroom::auditor::run_main(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "strongroom-auditor: " << error.what() << '\n';
        return 1;
    }
}
