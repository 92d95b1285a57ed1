#include "worker/archive/lease_keeper.hpp"

#include <vector>

namespace strongroom::archive {

Task<> LeaseKeeper::run() {
    for (;;) {
        co_await sleeper_.sleep_for(interval_);
        // Copies: a claim may end while the others are renewed.
        std::vector<fleet::Claim> held;
        held.reserve(held_.size());
        for (const fleet::Claim* claim : held_) held.push_back(*claim);
        for (const fleet::Claim& claim : held) (void)co_await claims_.renew(claim);
    }
}

}  // namespace strongroom::archive
