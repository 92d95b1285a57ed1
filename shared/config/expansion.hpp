#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace strongroom::config {

/// Looks an environment variable up.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

/// The process's own environment.
Environment process_environment();

/// Replaces `${NAME}` and `${NAME:-default}` (default: when unset or empty); `$${` stands for `${`. The failure
/// (permanent) says which variable is not set or what is malformed; it never shows a value.
Result<std::string> expand(std::string_view text, const Environment& environment);

}  // namespace strongroom::config
