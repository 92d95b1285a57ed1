#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>

#include "shared/base/result.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::fleet {

/// Where the claiming record came from: the partition's newer owner may take a claim over.
struct Origin {
    std::string group;
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t generation =
        0;  ///< assignment epoch of the claimer within its process; compared only with equal owner
};

/// How far a work item has come; fields are opaque to this folder (bucket, key, etag … of the object).
struct RecoveryPoint {
    enum class State { kClaimed, kUploaded, kLinked, kDone };
    State state = State::kClaimed;
    std::map<std::string, std::string> fields{};
};

/// A leased right to work on one item. `fence` grows with every take-over; late writes of an old owner are refused.
struct Claim {
    std::string work_item;  ///< `<tenant>/<work item>`
    std::string owner;
    std::int64_t fence = 0;
    RecoveryPoint recovery{};
    int take_overs = 0;  ///< without an outcome so far
};

/// Somebody else works on it; wait at most this long, then ask again.
struct ClaimedElsewhere {
    std::chrono::milliseconds lease_left{};
};

using ClaimAttempt = std::variant<Claim, ClaimedElsewhere>;

/// Idempotency of work items in Redis (`sr:work:{<tenant>/<work item>}`). Redis is the memory, not the truth: every
/// failure here (transient, Dependency::kRedis) means "go on without a claim"; S3 decides. The loop's thread only.
class Claims {
  public:
    virtual ~Claims() = default;
    /// A claim, also on an item that is done (its recovery point says so): it ends like any other, by kDone or
    /// `release`.
    virtual Task<Result<ClaimAttempt>> acquire(std::string work_item, Origin origin) = 0;
    /// Lengthens the lease. Cause::kConflict: the claim was taken over, stop without an outcome.
    virtual Task<Result<>> renew(const Claim& claim) = 0;
    /// Remembers how far the item has come; compared by owner and fence (Cause::kConflict). kDone ends the claim and
    /// keeps the recovery point for `claims.retention`.
    virtual Task<Result<>> advance(Claim& claim, RecoveryPoint point) = 0;
    /// Gives the claim back, keeping its recovery point, so that a redelivery can start at once. Does nothing for a
    /// claim that is not held any more.
    virtual Task<> release(const Claim& claim) = 0;
};

}  // namespace strongroom::fleet
