#include "shared/crypto/metadata_field.hpp"

#include <utility>

namespace strongroom::crypto {

Failure unusable_field(std::string_view name, std::string_view problem) {
    Failure failure{.kind = FailureKind::kPermanent, .cause = Cause::kUnsupported};
    failure.message.append("metadata ").append(name).append(": ").append(problem);
    return failure;
}

Failure wrong_key(std::string message) {
    return {.kind = FailureKind::kPermanent, .cause = Cause::kWrongKey, .message = std::move(message)};
}

Result<std::string_view> require_field(const Metadata& metadata, std::string_view name) {
    const auto field = metadata.find(std::string{name});
    if (field == metadata.end()) return unusable_field(name, "missing");
    return std::string_view{field->second};
}

Result<Bytes> require_base64(const Metadata& metadata, std::string_view name, std::size_t length) {
    const auto text = require_field(metadata, name);
    if (!text) return text.error();
    auto bytes = base64_decode(*text);
    if (!bytes) return unusable_field(name, "not base64");
    if (bytes->size() != length) {
        return unusable_field(
            name, std::to_string(bytes->size()) + " bytes where " + std::to_string(length) + " are expected");
    }
    return std::move(*bytes);
}

}  // namespace strongroom::crypto
