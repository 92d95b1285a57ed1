#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/simulator/media_bytes.hpp"
#include "tests/simulator/platform_state.hpp"

namespace strongroom::simulator {

struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0 = any free one; the first line of standard output says which
    MediaMode media = MediaMode::kKeystream;
    PlatformConfig platform{};
};

/// The options, or nothing with the exit code in `exit_code` (0 after --help, 2 after a mistake, which was printed).
std::optional<Options> read_command_line(int argc, char** argv, int& exit_code);

}  // namespace strongroom::simulator
