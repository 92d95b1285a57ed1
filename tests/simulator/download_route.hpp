#pragma once

#include <string>

#include "tests/simulator/exchange.hpp"
#include "tests/simulator/platform_state.hpp"

namespace strongroom::simulator {

/// GET and HEAD /download/{id} with a signed query: 403 as an object store answers when it has expired or is wrong;
/// Range, If-Range and If-Match; a redirect first where the item asks for one.
Reply answer_download(const PlatformState& state, const Request& request, const std::string& id);

}  // namespace strongroom::simulator
