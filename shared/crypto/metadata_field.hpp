#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/encoding.hpp"
#include "shared/base/result.hpp"
#include "shared/crypto/envelope.hpp"

namespace strongroom::crypto {

/// The metadata cannot be used as it is: permanent, Cause::kUnsupported. The message starts with `metadata <name>`.
Failure unusable_field(std::string_view name, std::string_view problem);
/// No key opens the object: permanent, Cause::kWrongKey.
Failure wrong_key(std::string message);

/// The value of a field, or `unusable_field` when it is not there.
Result<std::string_view> require_field(const Metadata& metadata, std::string_view name);
/// A field that is the base64 of exactly `length` bytes, or `unusable_field` saying what was found.
Result<Bytes> require_base64(const Metadata& metadata, std::string_view name, std::size_t length);

}  // namespace strongroom::crypto
