#include "shared/aws/credential_chain.hpp"

#include <chrono>
#include <fstream>
#include <iterator>
#include <utility>

#include "shared/aws/profile_file.hpp"

namespace strongroom::aws {
namespace {

/// Credentials that expire sooner than this are not used any more.
constexpr std::chrono::minutes kExpiryMargin{10};

Failure nothing_at(std::string what) {
    return Failure{.kind = FailureKind::kOutage, .cause = Cause::kUnauthorized, .message = std::move(what)};
}

std::string file_text(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::string shared_file(const config::Environment& environment, const std::string& variable, const char* name) {
    if (auto path = environment(variable)) return *path;
    return environment("HOME").value_or("") + "/.aws/" + name;
}

std::string value_of(const Profile& profile, const std::string& name) {
    const auto at = profile.find(name);
    return at == profile.end() ? std::string{} : at->second;
}

}  // namespace

Task<Result<Credentials>> EnvironmentCredentials::get() {
    const std::string access_key = environment_("AWS_ACCESS_KEY_ID").value_or("");
    std::string secret_key = environment_("AWS_SECRET_ACCESS_KEY").value_or("");
    if (access_key.empty() || secret_key.empty()) {
        co_return nothing_at("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set");
    }
    Credentials found{.access_key = access_key,
                      .secret_key = Secret{std::move(secret_key)},
                      .session_token = Secret{environment_("AWS_SESSION_TOKEN").value_or("")}};
    co_return found;
}

Task<Result<Credentials>> ProfileCredentials::get() {
    if (!found_) {
        auto read_now = read();
        if (!read_now) co_return read_now.error();
        found_ = std::move(*read_now);
    }
    co_return *found_;
}

Result<Credentials> ProfileCredentials::read() const {
    const std::string name = environment_("AWS_PROFILE").value_or("default");
    const std::string credentials_path = shared_file(environment_, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
    Profile profile = read_profile(file_text(credentials_path), name);
    profile.merge(read_profile(file_text(shared_file(environment_, "AWS_CONFIG_FILE", "config")), name));
    Credentials found{.access_key = value_of(profile, "aws_access_key_id"),
                      .secret_key = Secret{value_of(profile, "aws_secret_access_key")},
                      .session_token = Secret{value_of(profile, "aws_session_token")}};
    if (!found.access_key.empty() && !found.secret_key.empty()) return found;
    if (profile.contains("role_arn") || profile.contains("credential_process") || profile.contains("sso_session")) {
        return nothing_at("profile " + name + " assumes a role, runs a process or signs on, which is not supported");
    }
    return nothing_at("profile " + name + " in " + credentials_path + " has no keys");
}

CredentialChain::CredentialChain(const TimeSource& time, std::vector<std::unique_ptr<CredentialSource>> sources)
    : time_{time}, sources_{std::move(sources)} {}

Task<Result<Credentials>> CredentialChain::get() {
    if (is_fresh()) co_return *kept_;
    std::string looked;
    for (const auto& source : sources_) {
        auto found = co_await source->get();
        if (found) {
            kept_ = std::move(*found);
            co_return *kept_;
        }
        if (found.error().kind != FailureKind::kOutage) co_return found.error();
        looked.append(looked.empty() ? "" : "; ").append(found.error().message);
    }
    co_return nothing_at("no AWS credentials: " + looked);
}

void CredentialChain::invalidate() {
    kept_.reset();
    for (const auto& source : sources_) source->invalidate();
}

bool CredentialChain::is_fresh() const {
    return kept_ && (!kept_->expiry || time_.wall_now() + kExpiryMargin < *kept_->expiry);
}

std::unique_ptr<CredentialSource> make_default_chain(const TimeSource& time, const config::Environment& environment) {
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(std::make_unique<EnvironmentCredentials>(environment));
    sources.push_back(std::make_unique<ProfileCredentials>(environment));
    return std::make_unique<CredentialChain>(time, std::move(sources));
}

}  // namespace strongroom::aws
