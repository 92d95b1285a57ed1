#pragma once

#include <cstddef>

#include "worker/consume/consume_config.hpp"

namespace strongroom::consume {

/// One lane's budget: whether one more record may be taken in. Two accounts, for what is worked on (or waits for its
/// turn) and for settled records whose outcome waits for its commit. Pure.
class Admission {
  public:
    explicit Admission(const LaneLimits& limits) : limits_{limits} {}

    /// True while every account is below its limit; a record larger than what is left is admitted (one at most
    /// overdraws).
    [[nodiscard]] bool has_room() const {
        return in_flight_ < limits_.in_flight && in_flight_bytes_ < limits_.in_flight_bytes.value &&
               held_ < limits_.held && held_bytes_ < limits_.held_bytes.value;
    }
    void admit(std::size_t bytes) {
        ++in_flight_;
        in_flight_bytes_ += bytes;
    }
    /// The record is no longer worked on, whatever the reason.
    void finish(std::size_t bytes) {
        --in_flight_;
        in_flight_bytes_ -= bytes;
    }
    void hold(std::size_t bytes) {
        ++held_;
        held_bytes_ += bytes;
    }
    /// The outcome is committed or dropped.
    void release(std::size_t bytes) {
        --held_;
        held_bytes_ -= bytes;
    }

    [[nodiscard]] std::size_t in_flight() const { return in_flight_; }
    [[nodiscard]] std::size_t in_flight_bytes() const { return in_flight_bytes_; }
    [[nodiscard]] std::size_t held() const { return held_; }

  private:
    LaneLimits limits_;
    std::size_t in_flight_ = 0;
    std::size_t in_flight_bytes_ = 0;
    std::size_t held_ = 0;
    std::size_t held_bytes_ = 0;
};

}  // namespace strongroom::consume
