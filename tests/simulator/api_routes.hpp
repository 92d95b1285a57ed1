#pragma once

#include <string_view>

#include "tests/simulator/exchange.hpp"
#include "tests/simulator/platform_state.hpp"

namespace strongroom::simulator {

/// What every API route shares: a valid bearer token (else 401), the rate limit (else 429) and the `inin-ratelimit-*`
/// headers; then GET /api/v2/media/{id}, and GET and PATCH /api/v2/interactions/{id}.
Reply answer_api(PlatformState& state, const Request& request, const RouteMatch& match, std::string_view correlation);

}  // namespace strongroom::simulator
