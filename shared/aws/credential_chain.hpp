#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/aws/credentials.hpp"
#include "shared/config/expansion.hpp"

namespace strongroom::aws {

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, read at every `get`.
class EnvironmentCredentials final : public CredentialSource {
  public:
    explicit EnvironmentCredentials(config::Environment environment) : environment_{std::move(environment)} {}
    Task<Result<Credentials>> get() override;
    void invalidate() override {}

  private:
    config::Environment environment_;
};

/// A profile of the shared files: AWS_PROFILE (default `default`) in AWS_SHARED_CREDENTIALS_FILE (`~/.aws/credentials`)
/// and AWS_CONFIG_FILE (`~/.aws/config`). The files are read again after `invalidate`. `role_arn`, `credential_process`
/// and single sign-on are not supported: a profile with them and without keys fails and says so.
class ProfileCredentials final : public CredentialSource {
  public:
    explicit ProfileCredentials(config::Environment environment) : environment_{std::move(environment)} {}
    Task<Result<Credentials>> get() override;
    void invalidate() override { found_.reset(); }

  private:
    [[nodiscard]] Result<Credentials> read() const;

    config::Environment environment_;
    std::optional<Credentials> found_;
};

/// Asks its sources in order and stays with the first that has credentials; they are kept until shortly before they
/// expire, or until they are refused.
class CredentialChain final : public CredentialSource {
  public:
    /// `time` outlives the chain.
    CredentialChain(const TimeSource& time, std::vector<std::unique_ptr<CredentialSource>> sources);
    Task<Result<Credentials>> get() override;
    void invalidate() override;

  private:
    [[nodiscard]] bool is_fresh() const;

    const TimeSource& time_;
    std::vector<std::unique_ptr<CredentialSource>> sources_;
    std::optional<Credentials> kept_;
};

/// The sources that users of AWS expect, in their order: environment, shared files.
std::unique_ptr<CredentialSource> make_default_chain(const TimeSource& time, const config::Environment& environment);

}  // namespace strongroom::aws
