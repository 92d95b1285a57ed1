#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace strongroom::archive {

/// A byte queue of fixed size. Written and read in place, so that no byte is copied twice.
class RingBuffer {
  public:
    /// `capacity` is a power of two.
    explicit RingBuffer(std::size_t capacity);

    [[nodiscard]] std::size_t size() const { return written_ - read_; }
    [[nodiscard]] std::size_t free() const { return capacity_ - size(); }
    [[nodiscard]] std::size_t capacity() const { return capacity_; }

    /// The contiguous free space at the end, to be filled from its start; then `commit` as much as was filled.
    std::span<std::byte> writable();
    void commit(std::size_t count) { written_ += count; }
    /// Copies out up to `buffer.size()` bytes and returns how many.
    std::size_t read(std::span<std::byte> buffer);
    void clear() { written_ = read_ = 0; }

  private:
    std::size_t capacity_;
    std::unique_ptr<std::byte[]> bytes_;
    std::size_t written_ = 0;
    std::size_t read_ = 0;
};

/// Hands out rings and takes them back, so that a transfer does not pay for fresh pages. One thread.
class RingPool {
  public:
    explicit RingPool(std::size_t ring_bytes) : ring_bytes_{ring_bytes} {}

    struct Return {
        RingPool* pool = nullptr;
        void operator()(RingBuffer* ring) const;
    };
    /// Goes back to the pool when it goes; the pool outlives it.
    using Lease = std::unique_ptr<RingBuffer, Return>;
    Lease take();

  private:
    std::size_t ring_bytes_;
    std::vector<std::unique_ptr<RingBuffer>> idle_;
};

}  // namespace strongroom::archive
