#pragma once

#include <cstddef>
#include <string>

#include "shared/base/result.hpp"

namespace strongroom::config {

/// A whole file. The failure (permanent) names the path and why it cannot be read, or that it is larger than `limit`
/// bytes.
Result<std::string> read_text_file(const std::string& path, std::size_t limit);

}  // namespace strongroom::config
