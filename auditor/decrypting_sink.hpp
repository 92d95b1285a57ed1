#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "auditor/plaintext_output.hpp"
#include "shared/base/failure.hpp"
#include "shared/crypto/aes_gcm.hpp"
#include "shared/crypto/digest.hpp"
#include "shared/http/byte_stream.hpp"

namespace strongroom::auditor {

/// What the bytes of a stored body turned out to be.
struct BodyEvidence {
    std::uint64_t stored_bytes = 0;
    std::string crc32c;  ///< base64, of the stored bytes
    bool tag_verified = false;
    friend bool operator==(const BodyEvidence&, const BodyEvidence&) = default;
};

/// Decrypts a stored body (ciphertext, then the tag) as it comes in, in bounded memory. Never pauses.
class DecryptingSink final : public http::ByteSink {
  public:
    /// `output`, which may be null, outlives this and receives plaintext that is not verified yet.
    explicit DecryptingSink(PlaintextOutput* output) : output_{output} {}

    /// Call before the first byte.
    void start(crypto::AesGcmDecryptor cipher) { cipher_ = std::move(cipher); }
    Accept accept(std::span<const std::byte> bytes) override;

    /// After the last byte, once.
    BodyEvidence finish();
    /// Why `accept` aborted: the output could not be written.
    [[nodiscard]] const std::optional<Failure>& output_failure() const { return output_failure_; }

  private:
    Result<> decrypt(std::span<const std::byte> cipher);
    Result<> pass_on(std::span<const std::byte> bytes);

    PlaintextOutput* output_;
    std::optional<crypto::AesGcmDecryptor> cipher_;
    crypto::Crc32c crc_;
    std::uint64_t stored_bytes_ = 0;
    crypto::GcmTag tail_{};  ///< the last bytes so far: they may be the tag
    std::size_t held_ = 0;   ///< of `tail_`
    std::vector<std::byte> plain_;
    std::optional<Failure> output_failure_;
};

}  // namespace strongroom::auditor
