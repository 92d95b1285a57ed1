#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"

namespace strongroom::keys {

/// The 32 bytes of a key written as 32 raw bytes, 64 hexadecimal characters or base64; text may have white space around
/// it. Nothing otherwise.
std::optional<Secret> parse_key(std::string_view content);

/// What a key has to look like, for messages.
inline constexpr std::string_view kExpectedKey =
    "32 raw bytes, 64 hexadecimal characters or the base64 of 32 bytes are expected";

/// A key file as read. Failures are outages at kKeys and name the path and the system's reason.
struct KeyFile {
    Secret content;
    bool readable_by_others = false;
};
Result<KeyFile> read_key_file(const std::string& path);

/// A key file that is longer than this is none, in bytes.
inline constexpr std::size_t kLongestKeyFile = 4096;

}  // namespace strongroom::keys
