#pragma once

#include <string>

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"
#include "shared/base/time_source.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::genesys {

/// A bearer token. `version` tells two tokens of one client apart without showing them.
struct AccessToken {
    Secret value;
    std::string version;
    SteadyTime use_until{};  ///< ask for another one from then on (its expiry less a margin)
};

/// The token of one OAuth client, shared by the fleet. Usable from any shard's loop: implementations hop to their own.
class TokenSource {
  public:
    virtual ~TokenSource() = default;
    /// The current token: cached until 60 s before expiry, else fetched once for all who wait. Failures: dependency
    /// kToken; refused credentials are an outage, 429 throttled, the rest transient.
    virtual Task<Result<AccessToken>> token() = 0;
    /// Says that the API refused this version (401): drops it everywhere, unless a newer one is there already.
    virtual Task<> invalidate(std::string version) = 0;
};

}  // namespace strongroom::genesys
