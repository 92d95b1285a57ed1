#pragma once

#include <vector>

#include "shared/base/random_source.hpp"
#include "shared/base/time_source.hpp"
#include "shared/runtime/sleeper.hpp"

namespace strongroom::test {

/// Clocks that move only when told to; sleeping moves them and is recorded.
class FakeTime final : public TimeSource, public Sleeper {
  public:
    [[nodiscard]] SteadyTime now() const override { return SteadyTime{elapsed_}; }
    [[nodiscard]] WallTime wall_now() const override { return start_ + elapsed_; }
    Task<> sleep_for(std::chrono::milliseconds duration) override {
        sleeps.push_back(duration);
        advance(duration);
        co_return;
    }
    void advance(std::chrono::milliseconds by) { elapsed_ += by; }

    std::vector<std::chrono::milliseconds> sleeps;

  private:
    /// 2026-11-21T09:30:45.013Z
    WallTime start_{std::chrono::milliseconds{1795253445013}};
    std::chrono::milliseconds elapsed_{0};
};

/// Counts up from a start value: every draw is different and known.
class CountingRandom final : public RandomSource {
  public:
    explicit CountingRandom(unsigned char first = 0) : next_{first} {}
    void fill(std::span<std::byte> out) override {
        for (std::byte& byte : out) byte = static_cast<std::byte>(next_++);
    }

  private:
    unsigned char next_;
};

}  // namespace strongroom::test
