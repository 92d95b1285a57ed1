#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "shared/base/random_source.hpp"
#include "shared/base/time_source.hpp"
#include "tests/simulator/text_map.hpp"

namespace strongroom::simulator {

struct TokenConfig {
    std::map<std::string, std::string> clients;                  ///< id to secret
    std::chrono::milliseconds lifetime = std::chrono::hours{8};  ///< of tokens issued from now on
    std::size_t max_tokens = 10'000;                             ///< beyond it the one that expires first is dropped
};

/// The OAuth clients and the tokens they were given.
class Tokens {
  public:
    Tokens(TimeSource& time, RandomSource& random, TokenConfig config);

    struct Issued {
        std::string token;
        std::chrono::seconds expires_in;
    };

    [[nodiscard]] bool knows(std::string_view client, std::string_view secret) const;
    Issued issue();
    /// False for a token that was never issued, has expired or was revoked.
    [[nodiscard]] bool is_valid(std::string_view token) const;
    void revoke_all();
    /// `announced` is what expires_in says: a longer one than `lifetime` makes tokens die early, as a revocation does.
    void set_lifetime(std::chrono::milliseconds lifetime, std::chrono::seconds announced);

  private:
    void make_room();

    TimeSource& time_;
    RandomSource& random_;
    TokenConfig config_;
    std::chrono::seconds announced_;
    TextMap<SteadyTime> expiries_;
};

}  // namespace strongroom::simulator
