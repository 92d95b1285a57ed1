#pragma once

#include <string_view>

#include "tests/simulator/exchange.hpp"
#include "tests/simulator/platform_state.hpp"

namespace strongroom::simulator {

/// The control API (README.md lists it): `path` is what follows `/control/`. A request that does not fit is answered
/// 400 with `{"mistakes": "…"}`, so that a test's typing error is not taken for success.
Reply answer_control(PlatformState& state, const Request& request, std::string_view path);

}  // namespace strongroom::simulator
