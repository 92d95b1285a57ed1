#include "tests/simulator/reply_body.hpp"

#include <algorithm>

#include "shared/base/encoding.hpp"

namespace strongroom::simulator {

ReplyBody::ReplyBody(const Reply& reply, MediaMode mode, std::optional<std::uint64_t> corrupt_at)
    : reply_{reply}, corrupt_at_{corrupt_at}, length_{reply.without_body ? 0 : reply.body_length()} {
    if (reply.media && length_ != 0) media_.emplace(mode, reply.media->id, reply.media->size, reply.media->first);
}

std::span<const std::byte> ReplyBody::next(std::uint64_t most) {
    most = std::min(most, left());
    if (most == 0) return {};
    auto piece = media_ ? media_->next(most) : as_bytes(reply_.text).subspan(sent_, most);
    if (corrupt_at_ && *corrupt_at_ >= sent_ && *corrupt_at_ - sent_ < piece.size()) piece = corrupted(piece);
    sent_ += piece.size();
    return piece;
}

std::span<const std::byte> ReplyBody::corrupted(std::span<const std::byte> piece) {
    changed_.assign(piece.begin(), piece.end());
    changed_[*corrupt_at_ - sent_] ^= std::byte{0xFF};
    return changed_;
}

}  // namespace strongroom::simulator
