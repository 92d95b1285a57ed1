#pragma once

#include <functional>
#include <optional>
#include <random>

#include "tests/simulator/exchange.hpp"
#include "tests/simulator/faults.hpp"
#include "tests/simulator/platform_state.hpp"

namespace strongroom::simulator {

/// What goes back, and what is to go wrong on the way.
struct Answer {
    Reply reply;
    std::optional<Fault> fault{};
};

/// The simulated platform without its sockets: a request in, an answer out. One thread.
class Platform {
  public:
    Platform(TimeSource& time, RandomSource& random, std::function<void()> faults_lifted, PlatformConfig config);

    Answer answer(const Request& request);

  private:
    Answer answer_platform(const Request& request, RouteMatch match);
    Reply real_reply(const Request& request, const RouteMatch& match, std::string_view correlation);
    void record(const Request& request, RouteMatch match, const Answer& answer);
    std::string next_correlation();

    PlatformState state_;
    std::mt19937_64 correlations_;
};

}  // namespace strongroom::simulator
