#pragma once

#include <string_view>

#include "shared/base/time_source.hpp"
#include "tests/simulator/exchange.hpp"
#include "tests/simulator/faults.hpp"

namespace strongroom::simulator {

/// The answer that a fault with a status gives in place of the real one: its own body, or what the route's dialect
/// usually says with that status. `now` is for dates in Retry-After.
Reply fault_reply(const Fault& fault, WallTime now, std::string_view correlation);

/// Adds a fault's headers (and its Retry-After, when the real answer is sent) to an answer.
void add_fault_headers(const Fault& fault, WallTime now, Reply& reply);

}  // namespace strongroom::simulator
