#pragma once

#include <string>

#include "shared/object_store/object_store.hpp"

namespace strongroom::archive {

/// Where an item lies, fixed for ever by the first who asked.
struct ItemPlace {
    std::string key;
    bool known_before = false;  ///< somebody fixed it earlier: the object may be there already
};

/// Fixes the object key of a work item whose platform reports no date of its own: an index object
/// `<prefix>.items/<sha256 of the qualified work item>` put with If-None-Match: * before the upload. Whoever comes
/// second reads the key that the first one fixed, so no item is archived under two names. Failures are the store's; an
/// index object that cannot be read or names another item is an outage-free permanent failure (kConflict).
Task<Result<ItemPlace>> fix_place(object_store::ObjectStore& store, std::string bucket, std::string prefix,
                                  std::string qualified_item, std::string proposed_key);

/// The index object's key.
std::string index_key(const std::string& prefix, const std::string& qualified_item);

}  // namespace strongroom::archive
