#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>

namespace strongroom::crypto {

using GcmTag = std::array<std::byte, 16>;

/// AES-256-GCM over a stream (NIST SP 800-38D). Move-only; one message per object. Throws std::runtime_error when
/// OpenSSL refuses (a broken invariant).
class AesGcmEncryptor {
  public:
    AesGcmEncryptor(std::span<const std::byte, 32> key, std::span<const std::byte, 12> iv,
                    std::span<const std::byte> aad = {});
    ~AesGcmEncryptor();
    AesGcmEncryptor(AesGcmEncryptor&&) noexcept;
    AesGcmEncryptor& operator=(AesGcmEncryptor&&) noexcept;

    /// Writes exactly `plain.size()` bytes to `out`, which may be the same memory.
    void update(std::span<const std::byte> plain, std::byte* out);
    /// The tag that ends the body. Call once, last.
    GcmTag finish();

    /// The same stream at the same place, to go back to when bytes that were encrypted since never arrived. Only the
    /// same plaintext may follow in both: different bytes under one key and IV break GCM.
    [[nodiscard]] AesGcmEncryptor checkpoint() const;

  private:
    struct Impl;
    explicit AesGcmEncryptor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

class AesGcmDecryptor {
  public:
    AesGcmDecryptor(std::span<const std::byte, 32> key, std::span<const std::byte, 12> iv,
                    std::span<const std::byte> aad = {});
    ~AesGcmDecryptor();
    AesGcmDecryptor(AesGcmDecryptor&&) noexcept;
    AesGcmDecryptor& operator=(AesGcmDecryptor&&) noexcept;

    /// Unauthenticated until `verify` returned true: do not release it before.
    void update(std::span<const std::byte> cipher, std::byte* out);
    /// True when the tag belongs to all that was decrypted. Call once, last.
    [[nodiscard]] bool verify(const GcmTag& tag);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace strongroom::crypto
