#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tests/simulator/exchange.hpp"
#include "tests/simulator/media_bytes.hpp"

namespace strongroom::simulator {

/// The bytes of a reply's body, piece by piece, text or media alike. The reply outlives it.
class ReplyBody {
  public:
    /// `corrupt_at` is the offset in the body of a byte to invert.
    ReplyBody(const Reply& reply, MediaMode mode, std::optional<std::uint64_t> corrupt_at);

    [[nodiscard]] std::uint64_t left() const { return length_ - sent_; }
    [[nodiscard]] std::uint64_t sent() const { return sent_; }
    /// The next bytes, at most `most`; empty at the end. The view is good until the next call.
    std::span<const std::byte> next(std::uint64_t most);

  private:
    std::span<const std::byte> corrupted(std::span<const std::byte> piece);

    const Reply& reply_;
    std::optional<MediaBytes> media_;
    std::optional<std::uint64_t> corrupt_at_;
    std::uint64_t length_;
    std::uint64_t sent_ = 0;
    std::vector<std::byte> changed_;
};

}  // namespace strongroom::simulator
