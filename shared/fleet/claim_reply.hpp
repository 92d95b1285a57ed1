#pragma once

#include <optional>
#include <string_view>

#include "shared/fleet/claims.hpp"
#include "shared/redis/client.hpp"

namespace strongroom::fleet {

/// The words in a record's `state`.
std::string_view to_string(RecoveryPoint::State state);
std::optional<RecoveryPoint::State> parse_state(std::string_view text);

/// Reads the reply of `acquire_script`. The claim's work item and owner are left empty. A reply of another shape is a
/// failure (transient, kRedis).
Result<ClaimAttempt> read_attempt(const redis::Reply& reply);

}  // namespace strongroom::fleet
