#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

#include "auditor/auditor_config.hpp"

namespace strongroom::auditor {

struct OpenArguments {
    std::string source;    ///< s3://bucket/key or a path
    std::string output;    ///< empty or - = standard output
    std::string metadata;  ///< of a local file
    bool stream = false;
};

struct VerifyArguments {
    std::vector<std::string> locations;
    bool prefix = false;  ///< the locations are prefixes
    std::string list;
    bool receipts = false;
    std::string topic;  ///< empty = <topic_prefix>.receipts
    bool json = false;
    std::size_t concurrency = 16;
};

/// What goes over the configuration file and the environment; empty = nothing.
struct Overrides {
    std::string endpoint{};
    std::string region{};
    std::string key_hex_file{};
    std::vector<std::string> key_files{};  ///< ID=FILE; the first is the key of objects that name none
    std::string default_key{};
    std::string brokers{};
};

struct CommandLine {
    std::string config_path;
    Overrides overrides;
    std::variant<OpenArguments, VerifyArguments> command;
};

/// The command line, or the code to exit with: 0 after --help and --version (printed to `out`), 2 after a mistake (told
/// on `err`).
std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv, std::ostream& out,
                                                  std::ostream& err);

/// Lays the command line over the configuration; the failure (permanent) is a usage mistake.
Result<> apply(const Overrides& overrides, AuditorConfig& config);

}  // namespace strongroom::auditor
