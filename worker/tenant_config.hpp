#pragma once

#include <string>

#include "shared/base/units.hpp"
#include "shared/config/keys.hpp"
#include "shared/crypto/envelope.hpp"
#include "shared/genesys/platform_config.hpp"

namespace strongroom::worker {

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
    genesys::PlatformConfig platform{};
    DestinationSettings destination{};
};

void describe(config::Keys& keys, TenantSettings& tenant);

}  // namespace strongroom::worker
