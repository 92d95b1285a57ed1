#pragma once

#include <string>
#include <string_view>

#include "shared/base/random_source.hpp"
#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"

namespace strongroom::fleet {

/// Encrypts `plain` under a 32-byte key with AES-256-GCM, bound to `context`: base64 of IV (12 bytes), ciphertext, tag
/// (16). The key seals far fewer than 2^32 values (one per token lifetime), so random IVs are safe (NIST SP 800-38D
/// section 8.3).
std::string seal_text(const Secret& key, const Secret& plain, std::string_view context, RandomSource& random);

/// The reverse. Transient with Cause::kWrongKey when key or context differ, or the text was changed.
Result<Secret> unseal_text(const Secret& key, std::string_view sealed, std::string_view context);

}  // namespace strongroom::fleet
