#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strongroom {

using Bytes = std::vector<std::byte>;

inline std::span<const std::byte> as_bytes(std::string_view text) {
    return std::as_bytes(std::span{text.data(), text.size()});
}
inline std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// RFC 4648 section 4, padded.
std::string base64_encode(std::span<const std::byte> bytes);
/// Strict: alphabet of section 4, right padding, no white space; nothing otherwise.
std::optional<Bytes> base64_decode(std::string_view text);

/// Lower-case hexadecimal.
std::string hex_encode(std::span<const std::byte> bytes);
/// Either case; nothing for odd length or other characters.
std::optional<Bytes> hex_decode(std::string_view text);

/// RFC 3986: everything but unreserved characters becomes %XX (upper case). `keep_slash` leaves `/` as S3 paths do.
std::string percent_encode(std::string_view text, bool keep_slash = false);
/// Nothing where a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace strongroom
