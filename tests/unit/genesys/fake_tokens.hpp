#pragma once

#include <string>
#include <utility>
#include <vector>

#include "shared/genesys/token_source.hpp"

namespace strongroom::genesys {

/// Hands out tokens "token-1", "token-2" …; the next one after an invalidation.
class FakeTokens final : public TokenSource {
  public:
    Task<Result<AccessToken>> token() override {
        ++asked;
        if (failure) co_return *failure;
        const std::string name = std::to_string(invalidated.size() + 1);
        co_return AccessToken{.value = Secret{"token-" + name}, .version = name, .use_until = use_until};
    }
    Task<> invalidate(std::string version) override {
        invalidated.push_back(std::move(version));
        co_return;
    }

    int asked = 0;
    std::vector<std::string> invalidated;
    std::optional<Failure> failure;
    SteadyTime use_until = SteadyTime::max();
};

}  // namespace strongroom::genesys
