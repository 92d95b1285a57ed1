#include "shared/records/record_headers.hpp"

#include <algorithm>
#include <charconv>

namespace strongroom::records {

std::optional<std::string_view> find_header(const RecordHeaders& headers, std::string_view name) {
    const auto found =
        std::find_if(headers.rbegin(), headers.rend(), [name](const auto& header) { return header.first == name; });
    if (found == headers.rend()) return std::nullopt;
    return found->second;
}

std::optional<std::int64_t> find_number(const RecordHeaders& headers, std::string_view name) {
    const auto text = find_header(headers, name);
    if (!text) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
    return number;
}

void set_header(RecordHeaders& headers, std::string_view name, std::string value) {
    remove_header(headers, name);
    headers.emplace_back(name, std::move(value));
}

void remove_header(RecordHeaders& headers, std::string_view name) {
    std::erase_if(headers, [name](const auto& header) { return header.first == name; });
}

}  // namespace strongroom::records
