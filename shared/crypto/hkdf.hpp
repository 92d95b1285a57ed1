#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "shared/crypto/digest.hpp"

namespace strongroom::crypto {

/// HKDF-Extract with SHA-512 (RFC 5869 section 2.2): the pseudo-random key.
Sha512Digest hkdf_extract(std::span<const std::byte> salt, std::span<const std::byte> key_material);
/// HKDF-Expand with SHA-512 (RFC 5869 section 2.3): fills `out`, at most 255 * 64 bytes (else std::invalid_argument).
void hkdf_expand(const Sha512Digest& pseudo_random_key, std::span<const std::byte> info, std::span<std::byte> out);

using MessageId = std::array<std::byte, 28>;
using DataKey = std::array<std::byte, 32>;
using KeyCommitment = std::array<std::byte, 28>;

/// What the Amazon S3 Encryption Client's suite 115 (ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY) derives from a data key
/// and a message id: specification "key-derivation". Wipes what it holds when it goes.
class CommittedKeys {
  public:
    CommittedKeys(const DataKey& data_key, const MessageId& message_id);
    ~CommittedKeys();
    CommittedKeys(const CommittedKeys&) = delete;
    CommittedKeys& operator=(const CommittedKeys&) = delete;

    /// Compare it before any byte is decrypted: it proves that the data key is the one the writer used.
    [[nodiscard]] KeyCommitment commitment() const;
    /// Encrypts the body.
    [[nodiscard]] DataKey encryption_key() const;

  private:
    Sha512Digest pseudo_random_key_;
};

}  // namespace strongroom::crypto
