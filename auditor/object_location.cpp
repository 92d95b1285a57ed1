#include "auditor/object_location.hpp"

#include <array>

#include "shared/base/encoding.hpp"

namespace strongroom::auditor {
namespace {

Failure not_a_location(std::string_view text, std::string_view expected) {
    Failure failure{.kind = FailureKind::kPermanent, .cause = Cause::kUnsupported};
    failure.message.append(printable(text)).append(": expected ").append(expected);
    return failure;
}

}  // namespace

Result<ObjectLocation> parse_prefix(std::string_view text) {
    constexpr std::string_view kExpected = "s3://bucket/prefix";
    if (!text.starts_with(kStoreScheme)) return not_a_location(text, kExpected);
    const std::string_view rest = text.substr(kStoreScheme.size());
    const auto slash = rest.find('/');
    ObjectLocation location{.bucket = std::string{rest.substr(0, slash)}, .key = {}};
    if (slash != std::string_view::npos) location.key = rest.substr(slash + 1);
    if (location.bucket.empty()) return not_a_location(text, kExpected);
    return location;
}

Result<ObjectLocation> parse_object(std::string_view text) {
    auto location = parse_prefix(text);
    if (!location || location->key.empty()) return not_a_location(text, "s3://bucket/key");
    return location;
}

std::string to_string(const ObjectLocation& location) {
    return std::string{kStoreScheme} + location.bucket + "/" + location.key;
}

std::string printable(std::string_view text) {
    std::string shown;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_control = byte < 0x20 || byte == 0x7f;
        if (is_control) {
            shown += "\\x" + hex_encode(std::array{static_cast<std::byte>(byte)});
        } else {
            shown.push_back(c);
        }
    }
    return shown;
}

}  // namespace strongroom::auditor
