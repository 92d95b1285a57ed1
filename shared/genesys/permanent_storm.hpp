#pragma once

#include <cstddef>
#include <deque>

namespace strongroom::genesys {

struct StormLimits {
    std::size_t window = 100;        ///< outcomes looked at
    std::size_t least = 50;          ///< outcomes needed for a judgement
    double share = 0.5;              ///< more refusals than this share are a storm
    std::size_t least_unproven = 5;  ///< refusals in a row that are a storm while nothing has ever gone well
};

/// Tells refusals that are about one item from those that are about us: when most items are refused, the cause is a
/// missing permission or a wrong setting, and what waits must not fill the dead-letter topic. One dependency and stage.
/// No clock.
class PermanentStorm {
  public:
    explicit PermanentStorm(StormLimits limits = {}) : limits_{limits} {}

    /// Something went through: that ends a storm.
    void note_good();
    void note_refused();
    [[nodiscard]] bool raging() const;

  private:
    void note(bool refused);

    StormLimits limits_;
    std::deque<bool> window_;  ///< true = refused
    std::size_t refused_ = 0;
    bool proven_ = false;
};

}  // namespace strongroom::genesys
