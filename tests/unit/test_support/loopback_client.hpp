#pragma once

#include <cstdint>
#include <string>

#include <boost/asio/io_context.hpp>

#include "shared/runtime/task.hpp"

namespace strongroom::test {

/// Connects to 127.0.0.1, sends `bytes`, and returns what comes back until the peer closes.
Task<std::string> exchange(std::uint16_t port, std::string bytes);

}  // namespace strongroom::test
