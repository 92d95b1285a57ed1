#pragma once

#include <string>
#include <string_view>

#include "tests/simulator/exchange.hpp"

namespace strongroom::simulator {

/// The platform's ErrorBody (message, code, status, contextId, details, errors).
Reply api_error(int status, std::string_view code, std::string_view message, std::string_view correlation);
/// The platform's own 429, with Retry-After when `retry_after` is not empty.
Reply too_many_requests(std::string_view retry_after, std::string_view correlation);
/// RFC 6749 section 5.2.
Reply oauth_error(int status, std::string_view error, std::string_view description);
/// The object store's XML error, as a signed URL answers.
Reply store_error(int status, std::string_view code, std::string_view message);

/// The usual code for a status in each of the three dialects, for faults that only name a status.
Reply usual_api_error(int status, std::string_view retry_after, std::string_view correlation);
Reply usual_oauth_error(int status);
Reply usual_store_error(int status);

}  // namespace strongroom::simulator
