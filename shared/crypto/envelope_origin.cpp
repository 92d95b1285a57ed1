#include "shared/crypto/envelope_origin.hpp"

#include <array>

#include "shared/base/encoding.hpp"
#include "shared/crypto/metadata_field.hpp"

namespace strongroom::crypto {
namespace {

constexpr const char* kAlgorithmField = "encryption";
constexpr std::string_view kAlgorithm = "aes-256-gcm";
constexpr const char* kIvField = "iv";

}  // namespace

Sealed seal_origin(const NamedKey& key, RandomSource& random) {
    std::array<std::byte, 12> iv;
    random.fill(iv);
    return {.metadata = {{kAlgorithmField, std::string{kAlgorithm}}, {kIvField, base64_encode(iv)}},
            .cipher = AesGcmEncryptor{as_bytes(key.bytes.reveal()).first<32>(), iv}};
}

Result<AesGcmDecryptor> open_origin(const Metadata& metadata, const KeyLookup& keys) {
    const auto algorithm = require_field(metadata, kAlgorithmField);
    if (!algorithm) return algorithm.error();
    if (*algorithm != kAlgorithm) return unusable_field(kAlgorithmField, "not aes-256-gcm");
    const auto iv = require_base64(metadata, kIvField, 12);
    if (!iv) return iv.error();
    const NamedKey* key = keys({});
    if (key == nullptr || key->bytes.reveal().size() != 32) {
        return wrong_key("the object names no key, and there is no default key of 32 bytes");
    }
    return AesGcmDecryptor{as_bytes(key->bytes.reveal()).first<32>(), std::span{*iv}.first<12>()};
}

}  // namespace strongroom::crypto
