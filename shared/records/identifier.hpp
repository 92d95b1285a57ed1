#pragma once

#include <cstddef>
#include <string_view>

#include "shared/base/result.hpp"

namespace strongroom::records {

inline constexpr std::size_t kMaxIdentifierBytes = 255;
inline constexpr std::size_t kMaxTenantBytes = 64;

/// An id that is safe in a URL path, an object key, a header and a Redis key without any escaping: 1 to 255 characters
/// of A-Z a-z 0-9 . _ : - not beginning with a dot (so that it is never `.` or `..`). The failure is poison at stage
/// decode; its message calls the id `what`, tells length and position, and shows no more than printable ASCII of it.
Result<> check_identifier(std::string_view what, std::string_view id);

/// A tenant's name: the same without the colon, at most 64 characters.
Result<> check_tenant(std::string_view tenant);

}  // namespace strongroom::records
