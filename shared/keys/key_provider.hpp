#pragma once

#include <string_view>

#include "shared/base/result.hpp"
#include "shared/crypto/envelope.hpp"

namespace strongroom::keys {

/// The key-encryption keys of one program. Immutable after construction: any thread.
class KeyProvider {
  public:
    virtual ~KeyProvider() = default;
    /// The key that new objects are sealed with.
    [[nodiscard]] virtual const crypto::NamedKey& active() const = 0;
    /// The key of that id, or nullptr. An empty id (an object that names none) finds the active key.
    [[nodiscard]] virtual const crypto::NamedKey* find(std::string_view id) const = 0;
};

}  // namespace strongroom::keys
