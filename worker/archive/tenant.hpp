#pragma once

#include <map>
#include <string>

#include "shared/crypto/envelope.hpp"
#include "shared/genesys/media_platform.hpp"
#include "shared/http/client.hpp"
#include "shared/object_store/object_key.hpp"
#include "shared/object_store/object_store.hpp"
#include "worker/archive/transfer_plan.hpp"

namespace strongroom::archive {

/// Where a tenant's objects go.
struct Destination {
    std::string bucket;
    object_store::KeyTemplate key;
    crypto::Format format = crypto::Format::kV3;
    /// Fix each item's key by an index object when the platform reports no date of its own (item_index.hpp).
    bool index_objects = true;
    TransferLimits limits{};
};

/// One Genesys organisation, as one shard sees it. What it refers to outlives it.
struct Tenant {
    std::string name;
    genesys::MediaPlatform& platform;
    http::Client& source;  ///< for its signed download URLs: filtered, with connections of its own
    object_store::ObjectStore& store;
    Destination destination;
};

using Tenants = std::map<std::string, Tenant, std::less<>>;

}  // namespace strongroom::archive
