#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "shared/base/time_source.hpp"
#include "tests/simulator/text_map.hpp"

namespace strongroom::simulator {

/// Requests per token and minute, counted in fixed windows as the platform's `inin-ratelimit-*` headers describe them.
class RateLimit {
  public:
    RateLimit(TimeSource& time, std::uint64_t allowed) : time_{time}, allowed_{allowed} {}

    struct Usage {
        std::uint64_t count = 0;       ///< in this window, this request included
        std::uint64_t allowed = 0;     ///< per window
        std::chrono::seconds reset{};  ///< until the next window, rounded up
        [[nodiscard]] bool exceeded() const { return count > allowed; }
    };

    Usage count(std::string_view token);
    /// Starts all windows afresh.
    void set_allowed(std::uint64_t allowed);

  private:
    struct Window {
        SteadyTime start;
        std::uint64_t count = 0;
    };

    TimeSource& time_;
    std::uint64_t allowed_;
    TextMap<Window> windows_;
};

}  // namespace strongroom::simulator
