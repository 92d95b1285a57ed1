#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "shared/base/time_source.hpp"
#include "shared/base/units.hpp"

namespace strongroom::aws {

/// How far a service's clock is from ours: signatures that are off by more than some minutes are refused
/// (RequestTimeTooSkewed), and the refusal's Date says what time it is there.
class ClockOffset {
  public:
    [[nodiscard]] WallTime apply(WallTime now) const { return now + offset_; }

    /// Takes the Date of a refusal. False when it cannot be read.
    bool learn(std::optional<std::string_view> date, WallTime now) {
        if (!date) return false;
        const auto there = parse_http_date(*date);
        if (there) offset_ = *there - now;
        return there.has_value();
    }

  private:
    std::chrono::milliseconds offset_{0};
};

}  // namespace strongroom::aws
