#include "tests/simulator/rate_limit.hpp"

namespace strongroom::simulator {
namespace {

constexpr std::chrono::seconds kWindow{60};
constexpr std::size_t kMaxTokens = 10'000;

}  // namespace

RateLimit::Usage RateLimit::count(std::string_view token) {
    const auto now = time_.now();
    auto found = windows_.find(token);
    if (found == windows_.end()) {
        if (windows_.size() >= kMaxTokens) windows_.clear();
        found = windows_.emplace(token, Window{now}).first;
    }
    auto& window = found->second;
    if (now - window.start >= kWindow) window = Window{now};
    ++window.count;
    return {window.count, allowed_, std::chrono::ceil<std::chrono::seconds>(window.start + kWindow - now)};
}

void RateLimit::set_allowed(std::uint64_t allowed) {
    allowed_ = allowed;
    windows_.clear();
}

}  // namespace strongroom::simulator
