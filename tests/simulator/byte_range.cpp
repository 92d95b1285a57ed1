#include "tests/simulator/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace strongroom::simulator {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

}  // namespace

ByteRange parse_range(std::string_view header, std::uint64_t size) {
    using Kind = ByteRange::Kind;
    const ByteRange whole{Kind::kWhole, 0, size};
    if (!header.starts_with("bytes=")) return whole;
    header.remove_prefix(6);
    const auto dash = header.find('-');
    if (dash == std::string_view::npos) return whole;
    const auto first = number(header.substr(0, dash));
    const auto last = number(header.substr(dash + 1));
    const bool open = dash + 1 == header.size();
    if (dash == 0) {
        if (!last) return whole;
        if (*last == 0 || size == 0) return {Kind::kUnsatisfiable};
        const auto length = std::min(*last, size);
        return {Kind::kPart, size - length, length};
    }
    if (!first || (!last && !open) || (last && *last < *first)) return whole;
    if (*first >= size) return {Kind::kUnsatisfiable};
    const auto end = last ? std::min(*last + 1, size) : size;
    return {Kind::kPart, *first, end - *first};
}

}  // namespace strongroom::simulator
