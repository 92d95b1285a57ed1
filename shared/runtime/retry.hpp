#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <random>
#include <utility>

#include "shared/base/result.hpp"
#include "shared/runtime/sleeper.hpp"

namespace strongroom {

/// How often and how patiently one operation is repeated in place. A delay is drawn from [0, min(cap, base * 2^n)]
/// (full jitter); `retry_after` of a throttled failure is obeyed instead, and gives up beyond `longest_wait`.
struct Backoff {
    int transient_tries = 3;
    std::chrono::milliseconds base{200};
    std::chrono::milliseconds cap{20'000};
    int throttled_tries = 1;
    std::chrono::milliseconds throttled_base{1'000};
    std::chrono::milliseconds throttled_cap{30'000};
    std::chrono::milliseconds longest_wait{30'000};
};

/// The wait before try number `tries + 1` after `failure`; nothing when this failure is not to be repeated in place.
std::optional<std::chrono::milliseconds> next_delay(const Backoff& backoff, const Failure& failure, int tries,
                                                    std::mt19937_64& random);

/// The only loop that waits and repeats: runs `operation` until it succeeds, fails for good, or the tries are used up;
/// then the last failure is returned. Single-threaded: `random` and `sleeper` belong to the caller's loop and outlive
/// the task.
template <class T>
Task<Result<T>> retry(Sleeper& sleeper, std::mt19937_64& random, Backoff backoff,
                      std::function<Task<Result<T>>()> operation) {
    for (int tries = 1;; ++tries) {
        Result<T> result = co_await operation();
        if (result) co_return result;
        const auto delay = next_delay(backoff, result.error(), tries, random);
        if (!delay) co_return result;
        co_await sleeper.sleep_for(*delay);
    }
}

}  // namespace strongroom
