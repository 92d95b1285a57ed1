#include "bench/sink/request_head.hpp"

#include <algorithm>
#include <charconv>

namespace strongroom::bench {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_name(std::string_view line, std::string_view name) {
    return line.size() > name.size() && line[name.size()] == ':' &&
           std::ranges::equal(line.substr(0, name.size()), name, {}, lower, lower);
}

}  // namespace

std::optional<RequestHead> RequestHead::read(std::string_view received) {
    const auto end = received.find("\r\n\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    return RequestHead{received.substr(0, end + 4)};
}

std::string_view RequestHead::word(int index) const {
    std::string_view line{text_.data(), text_.find("\r\n")};
    for (; index > 0; --index) line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
    return line.substr(0, line.find(' '));
}

std::string_view RequestHead::path() const {
    const auto target = word(1);
    return target.substr(0, target.find('?'));
}

std::string_view RequestHead::query() const {
    const auto target = word(1);
    const auto mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
}

std::string_view RequestHead::field(std::string_view name) const {
    std::string_view rest{text_};
    while (rest.size() > 2) {
        rest.remove_prefix(rest.find("\r\n") + 2);
        if (!starts_with_name(rest, name)) continue;
        auto value = rest.substr(name.size() + 1, rest.find("\r\n") - name.size() - 1);
        while (value.starts_with(' ')) value.remove_prefix(1);
        return value;
    }
    return {};
}

std::uint64_t RequestHead::content_length() const {
    const auto text = field("content-length");
    std::uint64_t length = 0;
    std::from_chars(text.data(), text.data() + text.size(), length);
    return length;
}

bool RequestHead::has_query(std::string_view key) const {
    for (auto rest = query(); !rest.empty();) {
        const auto pair = rest.substr(0, rest.find('&'));
        if (pair.substr(0, pair.find('=')) == key) return true;
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    }
    return false;
}

}  // namespace strongroom::bench
