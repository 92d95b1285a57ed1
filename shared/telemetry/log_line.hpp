#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "shared/base/time_source.hpp"
#include "shared/telemetry/log.hpp"

namespace strongroom::log {

/// Longest value that is shown whole; a longer one is cut and ends in `...`.
inline constexpr std::size_t kMaxValueBytes = 2048;

/// `time=2026-11-21T09:30:45.013Z level=info event=started key=value …`, without a line end. Values that are empty or
/// hold a space, quote, `=` or backslash are quoted; control characters and bytes above ASCII are escaped (`\n`,
/// `\x9b`), so one call is one line of printable ASCII whatever it is given.
std::string format_line(WallTime time, std::string_view level, std::string_view event,
                        std::initializer_list<Field> fields);

}  // namespace strongroom::log
