#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string_view>

#include "producer/emit/tally.hpp"
#include "shared/base/time_source.hpp"

namespace strongroom::emit {

/// Tells on `out` how far a long run has come: on a terminal one line that is written over a few times a second,
/// otherwise a plain line every ten seconds. Messages come out whole between.
class Progress {
  public:
    /// All outlive it.
    Progress(std::ostream& out, bool is_terminal, const TimeSource& time);

    void show(const Tally& tally);
    void message(std::string_view text);
    /// Leaves a clean line behind.
    void finish();

  private:
    void wipe();

    std::ostream& out_;
    bool is_terminal_;
    const TimeSource& time_;
    SteadyTime started_;
    SteadyTime shown_;
    std::size_t width_ = 0;
};

}  // namespace strongroom::emit
