#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "shared/base/time_source.hpp"

namespace strongroom::http {

struct RetryAfterLimits {
    /// Where the field is missing or nonsense.
    std::chrono::milliseconds fallback{2'000};
    /// Zero and dates that have passed become this.
    std::chrono::milliseconds shortest{1'000};
    std::chrono::milliseconds longest{300'000};
};

/// How long a server asks us to wait (Retry-After, RFC 9110 section 10.2.3): whole seconds, or an HTTP date which is
/// taken relative to `now`.
std::chrono::milliseconds parse_retry_after(std::optional<std::string_view> value, WallTime now,
                                            RetryAfterLimits limits = {});

}  // namespace strongroom::http
