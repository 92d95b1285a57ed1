#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace strongroom::auditor {

/// Where an object lies in a store.
struct ObjectLocation {
    std::string bucket;
    std::string key;
    friend bool operator==(const ObjectLocation&, const ObjectLocation&) = default;
};

inline constexpr std::string_view kStoreScheme = "s3://";

/// `s3://bucket/key`. The key is taken as it stands, `%` and `?` included: it is a name, not a URL. The failure
/// (permanent) says what is expected.
Result<ObjectLocation> parse_object(std::string_view text);
/// `s3://bucket` or `s3://bucket/prefix`; the key may be empty.
Result<ObjectLocation> parse_prefix(std::string_view text);

/// `s3://bucket/key`.
std::string to_string(const ObjectLocation& location);

/// The text with control characters written as \xNN: a key is whatever its writer chose, and must not steer a terminal.
std::string printable(std::string_view text);

}  // namespace strongroom::auditor
