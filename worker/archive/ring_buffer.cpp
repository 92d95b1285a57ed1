#include "worker/archive/ring_buffer.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

namespace strongroom::archive {

RingBuffer::RingBuffer(std::size_t capacity)
    : capacity_{capacity}, bytes_{std::make_unique_for_overwrite<std::byte[]>(capacity)} {
    if (!std::has_single_bit(capacity)) throw std::invalid_argument("a ring's capacity is a power of two");
}

std::span<std::byte> RingBuffer::writable() {
    const std::size_t at = written_ & (capacity_ - 1);
    return {bytes_.get() + at, std::min(free(), capacity_ - at)};
}

std::size_t RingBuffer::read(std::span<std::byte> buffer) {
    const std::size_t count = std::min(buffer.size(), size());
    const std::size_t at = read_ & (capacity_ - 1);
    const std::size_t first = std::min(count, capacity_ - at);
    if (first > 0) std::memcpy(buffer.data(), bytes_.get() + at, first);
    if (count > first) std::memcpy(buffer.data() + first, bytes_.get(), count - first);
    read_ += count;
    return count;
}

RingPool::Lease RingPool::take() {
    if (idle_.empty()) return Lease{new RingBuffer{ring_bytes_}, Return{this}};
    RingBuffer* ring = idle_.back().release();
    idle_.pop_back();
    ring->clear();
    return Lease{ring, Return{this}};
}

void RingPool::Return::operator()(RingBuffer* ring) const {
    pool->idle_.emplace_back(ring);
}

}  // namespace strongroom::archive
