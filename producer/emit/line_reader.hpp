#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/base/units.hpp"

namespace strongroom::emit {

struct Line {
    std::uint64_t number = 0;  ///< from 1
    std::string_view text{};   ///< without the line end; valid until the next call; empty when too long
    bool is_too_long = false;
};

/// Lines in bounded memory. CR LF is a line end too, a byte order mark at the start is dropped, and what follows the
/// last line end is a line.
class LineReader {
  public:
    /// Fills up to that many bytes; 0 at the end.
    using Read = std::function<Result<std::size_t>(char*, std::size_t)>;
    using OnPiece = std::function<void(std::string_view)>;

    LineReader(Read read, ByteCount max_line);

    /// The next line; nothing at the end. A line beyond the limit goes to `on_piece` instead, from its first byte on
    /// and without its end.
    Result<std::optional<Line>> next(const OnPiece& on_piece);

  private:
    /// Reads more behind what is there; false at the end.
    Result<bool> fill();
    Line take(std::size_t length);
    Result<std::optional<Line>> pass_on(const OnPiece& on_piece);
    [[nodiscard]] std::string_view unread() const { return std::string_view{buffer_}.substr(begin_, end_ - begin_); }

    Read read_;
    std::size_t max_line_;
    std::string buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t lines_ = 0;
};

}  // namespace strongroom::emit
