#pragma once

#include "shared/crypto/envelope.hpp"
#include "shared/keys/key_provider.hpp"

namespace strongroom::auditor {

/// Which key opens an object. `sole` = there is one key whose name at the writer's is not known (it was given as bare
/// hex): it is tried whatever the object names. `keys` outlives the lookup.
crypto::KeyLookup lookup_in(const keys::KeyProvider& keys, bool sole);

/// An origin-format object names its key, if at all, in our own metadata (`sr-key-id`): a lookup that knows it.
crypto::KeyLookup with_named_key(crypto::KeyLookup keys, const crypto::Metadata& metadata);

/// The key id that the object names, in its envelope or in our own metadata; empty when it names none.
std::string named_key(const crypto::Metadata& metadata);

}  // namespace strongroom::auditor
