#pragma once

#include <chrono>
#include <list>

#include "shared/fleet/claims.hpp"
#include "shared/runtime/sleeper.hpp"

namespace strongroom::archive {

/// Renews the leases of all claims that a shard holds, from one coroutine. A claim that was lost shows when its owner
/// next advances it. One thread.
class LeaseKeeper {
  public:
    /// `interval` is at most a third of the lease, so that two renewals may fail.
    LeaseKeeper(fleet::Claims& claims, Sleeper& sleeper, std::chrono::milliseconds interval)
        : claims_{claims}, sleeper_{sleeper}, interval_{interval} {}

    /// Renewed for as long as this lives. Keeper and claim outlive it.
    class Hold {
      public:
        Hold(LeaseKeeper& keeper, const fleet::Claim& claim)
            : keeper_{keeper}, at_{keeper.held_.insert(keeper.held_.end(), &claim)} {}
        ~Hold() { keeper_.held_.erase(at_); }
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;

      private:
        LeaseKeeper& keeper_;
        std::list<const fleet::Claim*>::iterator at_;
    };

    /// Runs until cancelled.
    Task<> run();

  private:
    fleet::Claims& claims_;
    Sleeper& sleeper_;
    std::chrono::milliseconds interval_;
    std::list<const fleet::Claim*> held_;
};

}  // namespace strongroom::archive
