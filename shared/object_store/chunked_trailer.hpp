#pragma once

#include <cstdint>
#include <string>

#include "shared/crypto/digest.hpp"
#include "shared/http/byte_stream.hpp"

namespace strongroom::object_store {

/// Frames a body as S3's `aws-chunked` with its checksum behind it (STREAMING-UNSIGNED-PAYLOAD-TRAILER): one chunk of
/// the whole length, then `x-amz-checksum-crc32c`. The checksum is of what was handed on, so a body that is cut or
/// changed on the way is refused by the store. Bytes are not copied; the body's source outlives this.
class ChunkedTrailer final : public http::ByteSource {
  public:
    /// `length` is exact: a source that ends earlier ends the framed body early, too.
    ChunkedTrailer(std::uint64_t length, http::ByteSource& body);
    ~ChunkedTrailer() override;
    ChunkedTrailer(const ChunkedTrailer&) = delete;
    ChunkedTrailer& operator=(const ChunkedTrailer&) = delete;

    Read read(std::span<std::byte> buffer) override;

    /// Of the body with its frame.
    [[nodiscard]] std::uint64_t framed_length() const;
    /// Of the body's bytes so far, as S3 writes it.
    [[nodiscard]] std::string crc32c() const { return crc_.base64(); }

  private:
    std::size_t take_text(std::span<std::byte> buffer);
    Read read_body(std::span<std::byte> buffer);
    [[nodiscard]] std::string trailer() const;

    http::ByteSource& body_;
    std::uint64_t length_;
    std::uint64_t left_;
    crypto::Crc32c crc_;
    std::string text_;  ///< frame that is still to go out
    bool trailing_ = false;
};

}  // namespace strongroom::object_store
