#pragma once

#include <string>
#include <variant>

#include "producer/emit/emit_command.hpp"
#include "producer/topics/topics_command.hpp"

namespace strongroom {

struct PrintConfigOptions {};

struct CommandLine {
    std::string config_path;
    bool is_verbose = false;
    std::variant<emit::EmitOptions, topics::TopicsOptions, PrintConfigOptions> command{};
};

/// What the user asked for, or the exit code when it was help (0), or is not understood (2; the reason stands on
/// standard error).
std::variant<CommandLine, int> parse_command_line(int argc, const char* const* argv);

}  // namespace strongroom
