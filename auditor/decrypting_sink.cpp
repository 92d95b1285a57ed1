#include "auditor/decrypting_sink.hpp"

#include <algorithm>

namespace strongroom::auditor {
namespace {

constexpr std::size_t kPiece = 64UL << 10U;

}  // namespace

http::ByteSink::Accept DecryptingSink::accept(std::span<const std::byte> bytes) {
    crc_.update(bytes);
    stored_bytes_ += bytes.size();
    if (auto passed = pass_on(bytes); !passed) {
        output_failure_ = passed.error();
        return Accept::kAbort;
    }
    return Accept::kTaken;
}

/// Everything but the last 16 bytes of what was held and what came is ciphertext for certain.
Result<> DecryptingSink::pass_on(std::span<const std::byte> bytes) {
    const std::size_t total = held_ + bytes.size();
    const std::size_t certain = total > tail_.size() ? total - tail_.size() : 0;
    const std::size_t from_tail = std::min(held_, certain);
    if (auto done = decrypt(std::span{tail_}.first(from_tail)); !done) return done;
    std::copy(tail_.begin() + from_tail, tail_.begin() + held_, tail_.begin());
    held_ -= from_tail;
    const std::size_t from_bytes = certain - from_tail;
    if (auto done = decrypt(bytes.first(from_bytes)); !done) return done;
    const auto kept = bytes.subspan(from_bytes);
    std::ranges::copy(kept, tail_.begin() + held_);
    held_ += kept.size();
    return {};
}

Result<> DecryptingSink::decrypt(std::span<const std::byte> cipher) {
    plain_.resize(kPiece);
    while (cipher_ && !cipher.empty()) {
        const auto piece = cipher.first(std::min(cipher.size(), kPiece));
        cipher_->update(piece, plain_.data());
        if (output_ != nullptr) {
            if (auto written = output_->write(std::span{plain_}.first(piece.size())); !written) return written;
        }
        cipher = cipher.subspan(piece.size());
    }
    return {};
}

BodyEvidence DecryptingSink::finish() {
    const bool has_tag = held_ == tail_.size();
    return {.stored_bytes = stored_bytes_,
            .crc32c = crc_.base64(),
            .tag_verified = has_tag && cipher_ && cipher_->verify(tail_)};
}

}  // namespace strongroom::auditor
