#pragma once

#include <string_view>

#include "shared/base/failure.hpp"
#include "shared/base/time_source.hpp"
#include "shared/http/request.hpp"

namespace strongroom::http {

/// What a response that is not a success means in general (RFC 9110 section 15); protocols above specialise it first.
/// | status | kind | cause |
/// | 429 | throttled, with retry_after | |
/// | 408, 425, 409, 5xx (not 501, 505) | transient | 409 kConflict, 408 and 504 kTimeout |
/// | 401 | outage | kUnauthorized |
/// | 403, 404, 410, 412, 413 | permanent | kForbidden, kNotFound, kGone, kPreconditionFailed, kTooLarge |
/// | everything else | permanent | kOther |
/// `what` names the exchange (`GET https://host/path`, never with a query); `detail` is what the body said, if that is
/// known to hold no secret. A 5xx with Retry-After keeps it.
Failure status_failure(const ResponseHead& head, WallTime now, std::string_view what, std::string_view detail = {});

}  // namespace strongroom::http
