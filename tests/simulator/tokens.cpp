#include "tests/simulator/tokens.hpp"

#include <algorithm>
#include <array>

#include "shared/base/encoding.hpp"

namespace strongroom::simulator {

Tokens::Tokens(TimeSource& time, RandomSource& random, TokenConfig config)
    : time_{time},
      random_{random},
      config_{std::move(config)},
      announced_{std::chrono::ceil<std::chrono::seconds>(config_.lifetime)} {}

bool Tokens::knows(std::string_view client, std::string_view secret) const {
    const auto found = config_.clients.find(std::string{client});
    return found != config_.clients.end() && found->second == secret;
}

Tokens::Issued Tokens::issue() {
    make_room();
    std::array<std::byte, 32> bytes{};
    random_.fill(bytes);
    auto token = hex_encode(bytes);
    expiries_.insert_or_assign(token, time_.now() + config_.lifetime);
    return {std::move(token), announced_};
}

bool Tokens::is_valid(std::string_view token) const {
    const auto found = expiries_.find(token);
    return found != expiries_.end() && time_.now() < found->second;
}

void Tokens::revoke_all() {
    expiries_.clear();
}

void Tokens::set_lifetime(std::chrono::milliseconds lifetime, std::chrono::seconds announced) {
    config_.lifetime = lifetime;
    announced_ = announced;
}

void Tokens::make_room() {
    if (expiries_.size() < config_.max_tokens) return;
    const auto by_expiry = [](const auto& a, const auto& b) { return a.second < b.second; };
    expiries_.erase(std::ranges::min_element(expiries_, by_expiry));
}

}  // namespace strongroom::simulator
