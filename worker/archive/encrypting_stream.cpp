#include "worker/archive/encrypting_stream.hpp"

#include <algorithm>
#include <utility>

namespace strongroom::archive {

EncryptingStream::EncryptingStream(crypto::AesGcmEncryptor cipher, RingPool::Lease ring)
    : cipher_{std::move(cipher)}, ring_{std::move(ring)} {}

http::ByteSink::Accept EncryptingStream::accept(std::span<const std::byte> plain) {
    if (state_ != State::kOpen || plain.size() > ring_->capacity()) return Accept::kAbort;
    if (plain.size() > ring_->free()) {
        writer_waits_for_ = plain.size();
        return Accept::kPause;
    }
    plain_bytes_ += plain.size();
    if (overran()) return Accept::kAbort;
    while (!plain.empty()) {
        const auto space = ring_->writable();
        const std::size_t count = std::min(space.size(), plain.size());
        cipher_.update(plain.first(count), space.data());
        ring_->commit(count);
        plain = plain.subspan(count);
    }
    let_reader_go();
    return Accept::kTaken;
}

http::ByteSource::Read EncryptingStream::read(std::span<std::byte> buffer) {
    if (state_ == State::kAbandoned) return {.state = Read::State::kAbort};
    std::size_t count = ring_->read(buffer);
    if (writer_waits_for_ > 0 && ring_->free() >= writer_waits_for_) {
        writer_waits_for_ = 0;
        wake_producer();
    }
    if (count < buffer.size() && state_ == State::kSealed) count += read_tag(buffer.subspan(count));
    if (count > 0) return {.state = Read::State::kBytes, .count = count};
    if (state_ == State::kEnded) return {.state = Read::State::kEnd};
    reader_waits_ = true;
    return {.state = Read::State::kPause};
}

std::size_t EncryptingStream::read_tag(std::span<std::byte> buffer) {
    const std::size_t count = std::min(buffer.size(), tag_.size() - tag_given_);
    std::copy_n(tag_.begin() + static_cast<std::ptrdiff_t>(tag_given_), count, buffer.begin());
    tag_given_ += count;
    if (tag_given_ == tag_.size()) state_ = State::kEnded;
    return count;
}

void EncryptingStream::finish() {
    if (state_ != State::kOpen) return;
    tag_ = cipher_.finish();
    state_ = State::kSealed;
    let_reader_go();
}

void EncryptingStream::abandon() {
    if (state_ == State::kEnded) return;
    state_ = State::kAbandoned;
    let_reader_go();
    if (std::exchange(writer_waits_for_, 0) > 0) wake_producer();
}

void EncryptingStream::let_reader_go() {
    if (std::exchange(reader_waits_, false)) wake_consumer();
}

}  // namespace strongroom::archive
