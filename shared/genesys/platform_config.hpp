#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "shared/base/secret.hpp"

namespace strongroom::genesys {

/// Which API surface the platform offers.
enum class Profile { kMediaApi };

/// How the token endpoint takes the client's credentials: the HTTP Basic header (the platform's own way), or the form
/// body.
enum class CredentialsIn { kHeader, kBody };

/// One Genesys organisation (a tenant's `platform` section).
struct PlatformConfig {
    Profile profile = Profile::kMediaApi;
    std::string api_url;    ///< `https://api.mypurecloud.com`, without a slash at the end
    std::string token_url;  ///< `https://login.mypurecloud.com/oauth/token`
    std::string client_id;
    Secret client_secret;
    std::string scope;  ///< sent when not empty; client-credentials clients have no scopes on the real platform
    CredentialsIn credentials_in = CredentialsIn::kHeader;
    std::chrono::milliseconds timeout{5'000};    ///< one API call, and one request for a token
    std::vector<std::string> download_hosts{};   ///< hosts that media may be downloaded from; empty = any public one
    std::vector<std::string> allow_addresses{};  ///< private networks (CIDR) that downloads may reach all the same
};

}  // namespace strongroom::genesys
