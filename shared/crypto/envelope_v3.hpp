#pragma once

#include "shared/crypto/envelope.hpp"

namespace strongroom::crypto {

/// Amazon S3 Encryption Client V3: suite 115 (ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY), raw AES wrap (`x-amz-w: 02`),
/// the key's id in the material description. Source: awslabs/aws-encryption-sdk-specification,
/// s3-encryption/data-format.
Sealed seal_v3(const NamedKey& key, RandomSource& random);
Result<AesGcmDecryptor> open_v3(const Metadata& metadata, const KeyLookup& keys);

/// The material description that names a key: `{"keyId":"<id>"}`.
std::string describe_key(std::string_view id);
/// The key id in a material description; empty when it names none. Anything but a JSON object fails.
Result<std::string> described_key(const Metadata& metadata);

}  // namespace strongroom::crypto
