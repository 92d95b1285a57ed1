#pragma once

#include <string>
#include <variant>

namespace strongroom::worker {

enum class Command { kRun, kCheck, kPrintConfig };

struct CommandLine {
    std::string config_path;
    bool is_verbose = false;
    Command command = Command::kRun;
};

/// What the user asked for, or the exit code when it was help (0), or is not understood (2; the reason stands on
/// standard error).
std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv);

}  // namespace strongroom::worker
