#pragma once

#include "shared/crypto/envelope.hpp"

namespace strongroom::crypto {

/// The origin's format: body under the static key itself, `encryption: aes-256-gcm`, `iv: base64(12 random bytes)`.
/// Random 96-bit IVs under one key are safe for 2^32 objects (NIST SP 800-38D section 8.3); the key has no id, and a
/// wrong key shows only in the tag, at the end.
Sealed seal_origin(const NamedKey& key, RandomSource& random);
Result<AesGcmDecryptor> open_origin(const Metadata& metadata, const KeyLookup& keys);

}  // namespace strongroom::crypto
