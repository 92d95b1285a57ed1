#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace strongroom::crypto {

using Sha1Digest = std::array<std::byte, 20>;
using Sha256Digest = std::array<std::byte, 32>;
using Sha512Digest = std::array<std::byte, 64>;

/// SHA-256 (FIPS 180-4) over a stream. Move-only. Throws std::runtime_error when OpenSSL refuses (a broken invariant).
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::span<const std::byte> bytes);
    /// The digest of all bytes so far. Call once, last.
    Sha256Digest finish();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// For names that others form with it (Redis scripts), never for protection.
Sha1Digest sha1(std::span<const std::byte> bytes);
Sha256Digest sha256(std::span<const std::byte> bytes);
Sha256Digest hmac_sha256(std::span<const std::byte> key, std::span<const std::byte> bytes);
Sha512Digest hmac_sha512(std::span<const std::byte> key, std::span<const std::byte> bytes);

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) over a stream. A plain value: a copy is a checkpoint to go back to.
class Crc32c {
  public:
    void update(std::span<const std::byte> bytes);
    /// The checksum of all bytes so far; more may follow.
    [[nodiscard]] std::uint32_t value() const { return ~state_; }
    /// `value` as S3 writes it in `x-amz-checksum-crc32c`: base64 of the four bytes, most significant first.
    [[nodiscard]] std::string base64() const;

  private:
    std::uint32_t state_ = ~std::uint32_t{0};
};

/// Reads what `Crc32c::base64` wrote; nothing when it is not the base64 of four bytes (a composite checksum has a
/// suffix).
std::optional<std::uint32_t> parse_crc32c(std::string_view base64);

/// Whether two values are the same, in time that does not depend on where they differ. Lengths are public.
[[nodiscard]] bool equal_in_constant_time(std::span<const std::byte> a, std::span<const std::byte> b);

}  // namespace strongroom::crypto
