#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>

namespace strongroom::bench {

/// A fixed ring of bytes between one transfer's download and its upload.
class Ring {
  public:
    explicit Ring(std::size_t capacity)
        : bytes_{std::make_unique_for_overwrite<unsigned char[]>(capacity)}, capacity_{capacity} {}

    [[nodiscard]] std::size_t used() const { return written_ - read_; }
    [[nodiscard]] std::size_t free() const { return capacity_ - used(); }
    /// Contiguous room, possibly less than `free` where the ring wraps.
    [[nodiscard]] std::span<unsigned char> room() const {
        const auto at = written_ % capacity_;
        return {bytes_.get() + at, std::min(free(), capacity_ - at)};
    }
    void wrote(std::size_t count) { written_ += count; }
    /// Contiguous bytes to read, possibly less than `used` where the ring wraps.
    [[nodiscard]] std::span<const unsigned char> data() const {
        const auto at = read_ % capacity_;
        return {bytes_.get() + at, std::min(used(), capacity_ - at)};
    }
    void took(std::size_t count) { read_ += count; }
    void clear() { read_ = written_ = 0; }

  private:
    std::unique_ptr<unsigned char[]> bytes_;
    std::size_t capacity_;
    std::size_t written_ = 0;
    std::size_t read_ = 0;
};

}  // namespace strongroom::bench
