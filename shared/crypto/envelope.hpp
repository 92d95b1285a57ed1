#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/random_source.hpp"
#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"
#include "shared/crypto/aes_gcm.hpp"

namespace strongroom::crypto {

enum class Format { kOrigin, kV3 };

std::string_view to_string(Format format);
std::optional<Format> parse_format(std::string_view text);

/// A named 256-bit key-encryption key (origin format: the static key itself). `id` is printable US-ASCII.
struct NamedKey {
    std::string id;
    Secret bytes;  ///< exactly 32
};

/// User metadata of an object, names without `x-amz-meta-`.
using Metadata = std::map<std::string, std::string>;

/// What a writer needs to store one object: metadata to put on it, and the cipher that turns plaintext into its body
/// (ciphertext, then a 16-byte tag from `finish`). Never used for a second body.
struct Sealed {
    Metadata metadata;
    AesGcmEncryptor cipher;
};

/// Starts a new object under a fresh data key (v3) or a fresh IV (origin). Formats: Amazon S3 Encryption Client,
/// data-format (V3, suite 115); origin: `encryption: aes-256-gcm`, `iv: base64(12 bytes)`. Throws only when OpenSSL or
/// the random source fails.
Sealed seal(Format format, const NamedKey& key, RandomSource& random);

/// Finds a key by the id that the object's metadata names; empty id = the object names none (origin).
using KeyLookup = std::function<const NamedKey*(std::string_view id)>;

/// The format that the metadata announces; nothing for an object that is not encrypted, or not in a format known here.
std::optional<Format> recognise(const Metadata& metadata);

/// Recognises the format from metadata, unwraps the data key and checks the commitment. Failures are permanent with
/// causes kUnsupported (no or unknown format, missing or malformed iv), kWrongKey (no such key, unwrap or commitment
/// failed); messages say which field.
Result<AesGcmDecryptor> open(const Metadata& metadata, const KeyLookup& keys);

/// Bytes that encryption adds to a body.
inline constexpr std::uint64_t kTagBytes = 16;
/// The largest plaintext of one object: GCM's limit, NIST SP 800-38D section 5.2.1.1.
inline constexpr std::uint64_t kMaxPlaintext = 68'719'476'704;

}  // namespace strongroom::crypto
