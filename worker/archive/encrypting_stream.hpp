#pragma once

#include <cstdint>
#include <optional>

#include "shared/crypto/aes_gcm.hpp"
#include "shared/http/byte_stream.hpp"
#include "worker/archive/ring_buffer.hpp"

namespace strongroom::archive {

/// Between a download and an upload: takes plaintext, gives ciphertext followed by the tag, holds at most one ring of
/// it and pauses whichever side is ahead. The tag is given out only after `finish`, so a body that broke off can never
/// be completed. One thread; used for one body.
class EncryptingStream final : public http::ByteSink, public http::ByteSource {
  public:
    EncryptingStream(crypto::AesGcmEncryptor cipher, RingPool::Lease ring);

    Accept accept(std::span<const std::byte> plain) override;
    Read read(std::span<std::byte> buffer) override;

    /// Declares the length of the plaintext; a body that goes beyond it aborts the download.
    void expect(std::uint64_t plain_bytes) { expected_ = plain_bytes; }
    /// The whole plaintext was accepted: the tag follows what is in the ring.
    void finish();
    /// Ends both sides: reading aborts the upload, the next bytes abort the download.
    void abandon();

    [[nodiscard]] std::uint64_t plain_bytes() const { return plain_bytes_; }
    [[nodiscard]] bool overran() const { return expected_ && plain_bytes_ > *expected_; }

  private:
    enum class State { kOpen, kSealed, kEnded, kAbandoned };

    std::size_t read_tag(std::span<std::byte> buffer);
    void let_reader_go();

    crypto::AesGcmEncryptor cipher_;
    RingPool::Lease ring_;
    State state_ = State::kOpen;
    crypto::GcmTag tag_{};
    std::size_t tag_given_ = 0;
    std::uint64_t plain_bytes_ = 0;
    std::optional<std::uint64_t> expected_;
    bool reader_waits_ = false;
    std::size_t writer_waits_for_ = 0;
};

}  // namespace strongroom::archive
