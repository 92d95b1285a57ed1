#pragma once

#include <cstdint>
#include <string>

#include "tests/simulator/exchange.hpp"

namespace strongroom::simulator {

/// Status line and header fields up to the empty line. `declared_length` is what Content-Length says, which a fault may
/// have made wrong (so this is not left to an HTTP library); unused when the reply is chunked. 204 and 304 declare
/// none.
std::string format_head(const Reply& reply, std::uint64_t declared_length, bool keep_alive);

}  // namespace strongroom::simulator
