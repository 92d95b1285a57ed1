#include "shared/runtime/retry.hpp"

namespace strongroom {
namespace {

using std::chrono::milliseconds;

milliseconds jittered(milliseconds base, milliseconds cap, int tries, milliseconds least, std::mt19937_64& random) {
    const int doublings = std::min(tries - 1, 20);
    const milliseconds most = std::min<milliseconds>(cap, base * (1LL << doublings));
    std::uniform_int_distribution<milliseconds::rep> spread{least.count(), std::max(least, most).count()};
    return milliseconds{spread(random)};
}

}  // namespace

std::optional<milliseconds> next_delay(const Backoff& backoff, const Failure& failure, int tries,
                                       std::mt19937_64& random) {
    if (failure.kind == FailureKind::kTransient) {
        if (tries >= backoff.transient_tries) return std::nullopt;
        return jittered(backoff.base, backoff.cap, tries, milliseconds{0}, random);
    }
    if (failure.kind == FailureKind::kThrottled) {
        if (tries >= backoff.throttled_tries) return std::nullopt;
        if (failure.retry_after) {
            if (*failure.retry_after > backoff.longest_wait) return std::nullopt;
            return failure.retry_after;
        }
        return jittered(backoff.throttled_base, backoff.throttled_cap, tries, backoff.throttled_base / 2, random);
    }
    return std::nullopt;
}

}  // namespace strongroom
