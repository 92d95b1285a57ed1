#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "shared/base/random_source.hpp"
#include "shared/base/time_source.hpp"
#include "tests/simulator/faults.hpp"
#include "tests/simulator/interactions.hpp"
#include "tests/simulator/journal.hpp"
#include "tests/simulator/media_catalog.hpp"
#include "tests/simulator/rate_limit.hpp"
#include "tests/simulator/signed_url.hpp"
#include "tests/simulator/tokens.hpp"

namespace strongroom::simulator {

struct PlatformConfig {
    TokenConfig tokens{};
    std::chrono::milliseconds url_lifetime = std::chrono::minutes{5};
    std::uint64_t rate_limit = 6'000'000;  ///< API requests per token and minute, always enforced
    std::string public_url{};              ///< in front of download URLs, without a slash at the end
    JournalConfig journal{};
};

/// Everything the routes look at and change. One thread.
struct PlatformState {
    /// `faults_lifted` is called when faults are removed.
    PlatformState(TimeSource& clock, RandomSource& random, std::function<void()> faults_lifted,
                  PlatformConfig settings);

    /// Back to how the process started: no faults, journal, overrides, metadata or tokens, lifetimes as configured.
    void reset();

    TimeSource& time;
    PlatformConfig config;
    Tokens tokens;
    RateLimit rate_limit;
    SignedUrls urls;
    MediaCatalog media;
    Interactions interactions;
    Faults faults;
    Journal journal;
};

}  // namespace strongroom::simulator
