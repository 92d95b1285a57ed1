#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "shared/base/secret.hpp"
#include "shared/base/units.hpp"
#include "shared/config/keys.hpp"
#include "shared/crypto/envelope.hpp"

namespace strongroom::worker {

/// How the OAuth client introduces itself to the token endpoint.
enum class CredentialsIn { kHeader, kBody };

/// `tenants[].platform`: one Genesys organisation's API.
struct PlatformSettings {
    std::string profile = "media-api";
    std::string api_url{};
    std::string token_url{};
    std::string client_id{};
    Secret client_secret{};
    CredentialsIn credentials_in = CredentialsIn::kHeader;
    std::string scope{};                         ///< sent when not empty
    std::chrono::milliseconds timeout{5'000};    ///< of one API call
    std::vector<std::string> download_hosts{};   ///< media may come from these only; empty = from any public address
    std::vector<std::string> allow_addresses{};  ///< CIDRs that the SSRF filter lets through
};

/// `tenants[].destination`: where the objects go.
struct DestinationSettings {
    std::string bucket{};
    std::string region{};    ///< default: AWS_REGION
    std::string endpoint{};  ///< default: AWS_ENDPOINT_URL_S3, then AWS
    std::string key = "archive/{yyyy}/{mm}/{dd}/{media_id}.enc";
    crypto::Format format = crypto::Format::kV3;
    bool index_objects = true;
    bool allow_insecure = false;  ///< unsigned bodies over plain http to another host than this one
    ByteCount single_put_max{100'000'000};
    ByteCount part_size{16U << 20U};
};

struct TenantSettings {
    std::string name{};
    PlatformSettings platform{};
    DestinationSettings destination{};
};

void describe(config::Keys& keys, TenantSettings& tenant);

}  // namespace strongroom::worker
