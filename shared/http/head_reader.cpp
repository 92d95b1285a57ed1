#include "shared/http/head_reader.hpp"

#include <charconv>

#include <strings.h>

namespace strongroom::http {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

template <class T>
std::optional<T> number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool is_content_length(std::string_view name) {
    constexpr std::string_view kName = "content-length";
    return name.size() == kName.size() && strncasecmp(name.data(), kName.data(), kName.size()) == 0;
}

}  // namespace

bool HeadReader::take(std::string_view line) {
    if (line.starts_with("HTTP/")) {
        start(line);
        return false;
    }
    line = trimmed(line);
    if (line.empty()) return head_.status != 0;
    field(line);
    return false;
}

void HeadReader::start(std::string_view status_line) {
    head_ = ResponseHead{};
    const std::size_t space = status_line.find(' ');
    if (space == std::string_view::npos) return;
    head_.status = number<int>(status_line.substr(space + 1, 3)).value_or(0);
}

void HeadReader::field(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (is_content_length(name)) head_.content_length = number<std::uint64_t>(value);
    head_.headers.add(std::string{name}, std::string{value});
}

}  // namespace strongroom::http
