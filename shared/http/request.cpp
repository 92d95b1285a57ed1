#include "shared/http/request.hpp"

#include <algorithm>

namespace strongroom::http {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

void Headers::set(std::string name, std::string value) {
    std::erase_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
    add(std::move(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    const auto at = std::ranges::find_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
    if (at == fields_.end()) return std::nullopt;
    return at->second;
}

std::string loggable_url(std::string_view url) {
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return std::string{url};
    const std::size_t authority = scheme + 3;
    const std::size_t path = std::min(url.find('/', authority), url.size());
    const std::size_t user_end = url.substr(0, path).rfind('@');
    const std::size_t host = user_end == std::string_view::npos || user_end < authority ? authority : user_end + 1;
    return std::string{url.substr(0, authority)}.append(url.substr(host));
}

}  // namespace strongroom::http
