#pragma once

#include <optional>
#include <vector>

#include <boost/json/object.hpp>

#include "shared/base/result.hpp"
#include "shared/base/time_source.hpp"

namespace strongroom::normalise {

/// When the message says it happened: the innermost `occurredAt`, `eventTime`, `timestamp` or `time`. The platform
/// writes RFC 3339 text in some topics and epoch milliseconds in others, so both are read. Nothing when there is none;
/// poison when one is there and is neither.
Result<std::optional<WallTime>> own_time(const std::vector<const boost::json::object*>& levels);

}  // namespace strongroom::normalise
