#include "worker/archive/part_source.hpp"

#include <algorithm>
#include <cstring>

#include <boost/asio/this_coro.hpp>

namespace strongroom::archive {

PartSource::PartSource(http::ByteSource& stream, std::uint64_t length) : stream_{stream}, left_{length} {
    stream_.on_wake_consumer([this] { wake_consumer(); });
}

PartSource::~PartSource() {
    stream_.on_wake_consumer({});
}

http::ByteSource::Read PartSource::read(std::span<std::byte> buffer) {
    if (left_ == 0) return {.state = Read::State::kEnd};
    const Read got = stream_.read(buffer.first(std::min<std::uint64_t>(buffer.size(), left_)));
    if (got.state == Read::State::kBytes) left_ -= got.count;
    return got;
}

http::ByteSource::Read MemorySource::read(std::span<std::byte> buffer) {
    if (left_.empty()) return {.state = Read::State::kEnd};
    const std::size_t count = std::min(buffer.size(), left_.size());
    std::memcpy(buffer.data(), left_.data(), count);
    left_ = left_.subspan(count);
    return {.state = Read::State::kBytes, .count = count};
}

Task<bool> collect_part(http::ByteSource& stream, std::size_t most, std::vector<std::byte>& part) {
    Event readable{co_await boost::asio::this_coro::executor};
    stream.on_wake_consumer([&readable] { readable.notify(); });
    part.resize(most);
    std::size_t filled = 0;
    auto state = http::ByteSource::Read::State::kBytes;
    while (filled < most && state != http::ByteSource::Read::State::kEnd) {
        const auto got = stream.read(std::span{part}.subspan(filled));
        state = got.state;
        if (state == http::ByteSource::Read::State::kAbort) break;
        if (state == http::ByteSource::Read::State::kPause) co_await readable.wait();
        filled += got.count;
    }
    stream.on_wake_consumer({});
    part.resize(filled);
    co_return state != http::ByteSource::Read::State::kAbort;
}

}  // namespace strongroom::archive
