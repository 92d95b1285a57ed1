#pragma once

#include <optional>
#include <string>

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"
#include "shared/base/time_source.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::aws {

/// What signs a request.
struct Credentials {
    std::string access_key{};
    Secret secret_key{};
    Secret session_token{};            ///< empty for long-lived keys
    std::optional<WallTime> expiry{};  ///< nothing: they do not expire by themselves
};

/// Where credentials come from. One thread.
class CredentialSource {
  public:
    virtual ~CredentialSource() = default;
    /// Cheap when nothing changed: it is asked before every request. Failures are outages (Cause::kUnauthorized) that
    /// say where was looked, or transient when a service that hands them out did not answer.
    virtual Task<Result<Credentials>> get() = 0;
    /// A service refused what `get` returned as expired: the next `get` is to look again.
    virtual void invalidate() = 0;
};

/// Credentials from the configuration.
class StaticCredentials final : public CredentialSource {
  public:
    explicit StaticCredentials(Credentials credentials) : credentials_{std::move(credentials)} {}
    Task<Result<Credentials>> get() override { co_return credentials_; }
    void invalidate() override {}

  private:
    Credentials credentials_;
};

}  // namespace strongroom::aws
