#pragma once

#include <string>
#include <string_view>

#include "shared/base/failure.hpp"

namespace strongroom::redis {

/// A transient failure at Dependency::kRedis. `what` says what, where and what to do; it never holds an argument's
/// value.
Failure redis_failure(Cause cause, std::string what);

/// What an error reply to `command` means. Always transient (callers go on without Redis); the cause tells refused
/// credentials (kUnauthorized) and missing rights (kForbidden) apart. The server may repeat arguments in the text of an
/// error: that part is cut off.
Failure refused(std::string_view command, std::string_view error_reply);

}  // namespace strongroom::redis
