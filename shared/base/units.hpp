#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace strongroom {

/// A number of bytes; written `64KiB`, `100MB`, `5GiB` or a bare number in configuration.
struct ByteCount {
    std::uint64_t value = 0;
    friend auto operator<=>(const ByteCount&, const ByteCount&) = default;
};

/// `250ms`, `30s`, `5m`, `48h`, `30d`: a whole number with a unit. The failure (permanent) says what is expected.
Result<std::chrono::milliseconds> parse_duration(std::string_view text);
/// `512`, `64KiB`, `8MiB`, `1GiB`, `100kB`, `100MB`, `5GB`. The failure (permanent) says what is expected.
Result<ByteCount> parse_bytes(std::string_view text);

/// The shortest text that parses back to the same value: 90000 ms is `90s`.
std::string format_duration(std::chrono::milliseconds duration);
/// For people: `1.5 GB`, `64 kB`, `12 B` (decimal units).
std::string format_bytes(std::uint64_t bytes);

/// RFC 3339, UTC, with milliseconds: `2026-11-21T09:30:45.013Z`.
std::string format_rfc3339(std::chrono::sys_time<std::chrono::milliseconds> time);
/// Reads RFC 3339 with `Z` or an offset, with or without a fraction. The failure is permanent.
Result<std::chrono::sys_time<std::chrono::milliseconds>> parse_rfc3339(std::string_view text);
/// Reads an HTTP date (RFC 9110 section 5.6.7, IMF-fixdate): `Sat, 21 Nov 2026 09:30:45 GMT`.
Result<std::chrono::sys_time<std::chrono::milliseconds>> parse_http_date(std::string_view text);

}  // namespace strongroom
