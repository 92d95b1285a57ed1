#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::fleet {

struct SharedToken {
    Secret value;
    std::string version;                     ///< unique; chosen by who fetched the token
    std::chrono::milliseconds expires_in{};  ///< seen from now
};

/// Where the pods share the token of one OAuth client. Every failure is transient at Dependency::kRedis and means "go
/// on without": the pod then fetches a token of its own. The loop's thread only.
class TokenStore {
  public:
    virtual ~TokenStore() = default;
    /// The current token, if there is one.
    virtual Task<Result<std::optional<SharedToken>>> load() = 0;
    /// Puts `token` in place of version `expected` (empty = of none). False: another version is there already, load it.
    virtual Task<Result<bool>> replace(std::string expected, SharedToken token) = 0;
    /// Removes the token if it is still this version.
    virtual Task<Result<>> remove(std::string version) = 0;
    /// The right to fetch a new token, for `lease`. False: another pod has it, look again later.
    virtual Task<Result<bool>> begin_refresh(std::chrono::milliseconds lease) = 0;
    /// Gives that right back.
    virtual Task<> end_refresh() = 0;
};

/// Shares nothing: for a fleet without Redis or without a seal key. Every pod fetches its own token.
class UnsharedTokenStore final : public TokenStore {
  public:
    Task<Result<std::optional<SharedToken>>> load() override { co_return std::optional<SharedToken>{}; }
    Task<Result<bool>> replace(std::string /*expected*/, SharedToken /*token*/) override { co_return true; }
    Task<Result<>> remove(std::string /*version*/) override { co_return Result<>{}; }
    Task<Result<bool>> begin_refresh(std::chrono::milliseconds /*lease*/) override { co_return true; }
    Task<> end_refresh() override { co_return; }
};

}  // namespace strongroom::fleet
