#pragma once

#include <chrono>
#include <string>

#include "shared/fleet/claims.hpp"
#include "shared/redis/client.hpp"

namespace strongroom::fleet {

struct ClaimsConfig {
    /// Names this shard of this process; different in every process ever started, for it stands for what the process
    /// has in memory (a restarted pod must not take its former self for itself).
    std::string owner;
    std::chrono::milliseconds lease{30'000};                          ///< unless renewed, on Redis's clock
    std::chrono::milliseconds retention{std::chrono::hours{24 * 7}};  ///< of a record after its last change
};

/// Claims as hashes at `sr:work:{<tenant>/<work item>}`; every change is one Lua script that compares owner and fence.
class RedisClaims final : public Claims {
  public:
    /// `client` outlives the claims and lives on the same loop.
    RedisClaims(redis::Client& client, ClaimsConfig config);

    Task<Result<ClaimAttempt>> acquire(std::string work_item, Origin origin) override;
    Task<Result<>> renew(const Claim& claim) override;
    Task<Result<>> advance(Claim& claim, RecoveryPoint point) override;
    Task<> release(const Claim& claim) override;

  private:
    Task<Result<>> change(std::string work_item, const redis::Script& script, std::vector<std::string> arguments);

    redis::Client* client_;
    ClaimsConfig config_;
    redis::Script acquire_;
    redis::Script renew_;
    redis::Script advance_;
    redis::Script release_;
};

}  // namespace strongroom::fleet
