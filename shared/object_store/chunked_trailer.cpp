#include "shared/object_store/chunked_trailer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace strongroom::object_store {
namespace {

/// Nothing for an empty body: a chunk of length zero would be the last.
std::string chunk_header(std::uint64_t length) {
    if (length == 0) return {};
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), length, 16).ptr;
    return std::string(digits.data(), end) + "\r\n";
}

}  // namespace

ChunkedTrailer::ChunkedTrailer(std::uint64_t length, http::ByteSource& body)
    : body_{body}, length_{length}, left_{length}, text_{chunk_header(length)} {
    body_.on_wake_consumer([this] { wake_consumer(); });
}

ChunkedTrailer::~ChunkedTrailer() {
    body_.on_wake_consumer({});
}

http::ByteSource::Read ChunkedTrailer::read(std::span<std::byte> buffer) {
    std::size_t count = 0;
    while (count < buffer.size()) {
        count += take_text(buffer.subspan(count));
        if (count == buffer.size() || (trailing_ && text_.empty())) break;
        if (left_ == 0) {
            if (!trailing_) text_ = trailer();
            trailing_ = true;
            continue;
        }
        const Read body = read_body(buffer.subspan(count));
        if (body.state == Read::State::kBytes) {
            count += body.count;
        } else if (count == 0) {
            return body;
        } else {
            break;  // what is there goes out first; the body is asked again
        }
    }
    return count > 0 ? Read{Read::State::kBytes, count} : Read{Read::State::kEnd, 0};
}

std::size_t ChunkedTrailer::take_text(std::span<std::byte> buffer) {
    const std::size_t count = std::min(buffer.size(), text_.size());
    std::memcpy(buffer.data(), text_.data(), count);
    text_.erase(0, count);
    return count;
}

http::ByteSource::Read ChunkedTrailer::read_body(std::span<std::byte> buffer) {
    const std::span<std::byte> space = buffer.first(std::min<std::uint64_t>(buffer.size(), left_));
    const Read read = body_.read(space);
    if (read.state == Read::State::kBytes) {
        crc_.update(space.first(read.count));
        left_ -= read.count;
    }
    return read;
}

std::string ChunkedTrailer::trailer() const {
    const std::string end_of_chunk = length_ == 0 ? "" : "\r\n";
    return end_of_chunk + "0\r\nx-amz-checksum-crc32c:" + crc_.base64() + "\r\n\r\n";
}

std::uint64_t ChunkedTrailer::framed_length() const {
    // The checksum's text has one length whatever its value.
    return chunk_header(length_).size() + length_ + trailer().size();
}

}  // namespace strongroom::object_store
