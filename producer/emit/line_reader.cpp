#include "producer/emit/line_reader.hpp"

#include <cstring>
#include <utility>

namespace strongroom::emit {
namespace {

constexpr std::size_t kChunk = 64U << 10U;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

// One chunk of room beyond the longest line, for its end and for reading ahead.
LineReader::LineReader(Read read, ByteCount max_line)
    : read_{std::move(read)}, max_line_{max_line.value}, buffer_(max_line.value + kChunk, '\0') {}

Result<std::optional<Line>> LineReader::next(const OnPiece& on_piece) {
    while (true) {
        const std::size_t length = unread().find('\n');
        if (length != std::string_view::npos && length <= max_line_ + 1) return take(length);
        if (unread().size() > max_line_ + 1) return pass_on(on_piece);
        const auto more = fill();
        if (!more) return more.error();
        if (*more) continue;
        if (unread().empty()) return std::optional<Line>{};
        return take(unread().size());
    }
}

Result<bool> LineReader::fill() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= std::exchange(begin_, 0);
    }
    const auto count = read_(buffer_.data() + end_, buffer_.size() - end_);
    if (!count) return count.error();
    end_ += *count;
    return *count > 0;
}

Line LineReader::take(std::size_t length) {
    Line line{.number = ++lines_, .text = unread().substr(0, length)};
    begin_ = std::min(begin_ + length + 1, end_);
    if (line.number == 1 && line.text.starts_with(kByteOrderMark)) line.text.remove_prefix(kByteOrderMark.size());
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    return line;
}

Result<std::optional<Line>> LineReader::pass_on(const OnPiece& on_piece) {
    const Line line{.number = ++lines_, .is_too_long = true};
    while (true) {
        const std::string_view piece = unread().substr(0, unread().find('\n'));
        const bool has_end = piece.size() < unread().size();
        on_piece(piece);
        begin_ += piece.size() + (has_end ? 1 : 0);
        if (has_end) return std::optional{line};
        const auto more = fill();
        if (!more) return more.error();
        if (!*more) return std::optional{line};
    }
}

}  // namespace strongroom::emit
