#include "shared/http/retry_after.hpp"

#include <algorithm>
#include <cstdint>

#include "shared/base/units.hpp"

namespace strongroom::http {
namespace {

using std::chrono::milliseconds;

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Saturates: a number of any length is only ever "very long".
milliseconds seconds_of(std::string_view digits) {
    constexpr std::int64_t kEnough = 1'000'000'000;
    std::int64_t seconds = 0;
    for (const char digit : digits) seconds = std::min(kEnough, seconds * 10 + (digit - '0'));
    return std::chrono::seconds{seconds};
}

}  // namespace

milliseconds parse_retry_after(std::optional<std::string_view> value, WallTime now, RetryAfterLimits limits) {
    if (!value) return limits.fallback;
    if (all_digits(*value)) return std::clamp(seconds_of(*value), limits.shortest, limits.longest);
    const auto date = parse_http_date(*value);
    if (!date) return limits.fallback;
    return std::clamp<milliseconds>(*date - now, limits.shortest, limits.longest);
}

}  // namespace strongroom::http
