#include "shared/http/watchdog.hpp"

namespace strongroom::http {

Watchdog::Verdict Watchdog::check(std::uint64_t moved, bool paused, SteadyTime now) {
    // The end of a pause counts as progress: the peer could not do anything before.
    if (moved != last_moved_ || paused != was_paused_) {
        last_moved_ = moved;
        was_paused_ = paused;
        last_progress_ = now;
    }
    if (now - start_ >= limits_.deadline) return Verdict::kOverdue;
    const auto limit = paused ? limits_.paused : limits_.stall;
    return now - last_progress_ >= limit ? Verdict::kStalled : Verdict::kFine;
}

}  // namespace strongroom::http
