#include "tests/simulator/platform_state.hpp"

#include <utility>

namespace strongroom::simulator {
namespace {

SignedUrls::Key make_key(RandomSource& random) {
    SignedUrls::Key key{};
    random.fill(key);
    return key;
}

}  // namespace

PlatformState::PlatformState(TimeSource& clock, RandomSource& random, std::function<void()> faults_lifted,
                             PlatformConfig settings)
    : time{clock},
      config{std::move(settings)},
      tokens{clock, random, config.tokens},
      rate_limit{clock, config.rate_limit},
      urls{clock, make_key(random), config.url_lifetime},
      faults{std::move(faults_lifted)},
      journal{config.journal} {}

void PlatformState::reset() {
    const auto lifetime = config.tokens.lifetime;
    tokens.revoke_all();
    tokens.set_lifetime(lifetime, std::chrono::ceil<std::chrono::seconds>(lifetime));
    rate_limit.set_allowed(config.rate_limit);
    urls.set_lifetime(config.url_lifetime);
    media.clear();
    interactions.clear();
    faults.clear();
    journal.clear();
}

}  // namespace strongroom::simulator
