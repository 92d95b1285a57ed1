#pragma once

namespace strongroom {

/// Exit codes of every program.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;  ///< usage or configuration

}  // namespace strongroom
