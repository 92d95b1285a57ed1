#pragma once

#include <chrono>

namespace strongroom {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// The clocks, handed in so that tests own them. `now` never goes back; `wall_now` is UTC in milliseconds.
class TimeSource {
  public:
    virtual ~TimeSource() = default;
    [[nodiscard]] virtual SteadyTime now() const = 0;
    [[nodiscard]] virtual WallTime wall_now() const = 0;
};

class SystemTime final : public TimeSource {
  public:
    [[nodiscard]] SteadyTime now() const override { return std::chrono::steady_clock::now(); }
    [[nodiscard]] WallTime wall_now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace strongroom
