#pragma once

#include <cstdint>
#include <string_view>

namespace strongroom::simulator {

struct ByteRange {
    enum class Kind { kWhole, kPart, kUnsatisfiable };
    Kind kind = Kind::kWhole;
    std::uint64_t first = 0;
    std::uint64_t length = 0;
};

/// Reads a Range header (RFC 9110 section 14.1.2) with one range: `bytes=5-9`, `bytes=5-`, `bytes=-5`. What cannot be
/// read, or names several ranges, is the whole, as the RFC allows.
ByteRange parse_range(std::string_view header, std::uint64_t size);

}  // namespace strongroom::simulator
