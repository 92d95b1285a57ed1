#pragma once

#include <chrono>
#include <cstdint>

#include "shared/base/time_source.hpp"

namespace strongroom::http {

struct WatchdogLimits {
    /// No byte in either direction for this long, while the peer is the one we wait for.
    std::chrono::milliseconds stall{30'000};
    /// The same while our own sink or source has paused the exchange: the other half of the transfer has the shorter
    /// limit, this one is for the case that nobody ever wakes us.
    std::chrono::milliseconds paused{300'000};
    /// From the start to the end of one stream.
    std::chrono::milliseconds deadline{6LL * 3'600'000};
};

/// Decides whether a stream still makes progress. It is asked now and then; it reads no clock itself.
class Watchdog {
  public:
    Watchdog(WatchdogLimits limits, SteadyTime start) : limits_{limits}, start_{start}, last_progress_{start} {}

    enum class Verdict { kFine, kStalled, kOverdue };
    /// `moved` counts bytes and only grows.
    Verdict check(std::uint64_t moved, bool paused, SteadyTime now);

  private:
    WatchdogLimits limits_;
    SteadyTime start_;
    SteadyTime last_progress_;
    std::uint64_t last_moved_ = 0;
    bool was_paused_ = false;
};

}  // namespace strongroom::http
