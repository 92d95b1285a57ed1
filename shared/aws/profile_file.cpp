#include "shared/aws/profile_file.hpp"

#include <algorithm>

namespace strongroom::aws {
namespace {

constexpr std::string_view kSpace = " \t\r";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// A comment starts a line, or follows white space.
std::string_view without_comment(std::string_view line) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] != '#' && line[at] != ';') continue;
        if (at == 0 || kSpace.find(line[at - 1]) != std::string_view::npos) return line.substr(0, at);
    }
    return line;
}

std::string_view section_name(std::string_view line) {
    constexpr std::string_view kPrefix = "profile";
    std::string_view name = trimmed(line.substr(1, line.find(']') - 1));
    const bool prefixed = name.size() > kPrefix.size() && name.starts_with(kPrefix) &&
                          kSpace.find(name[kPrefix.size()]) != std::string_view::npos;
    return prefixed ? trimmed(name.substr(kPrefix.size())) : name;
}

void take_setting(std::string_view line, Profile& into) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return;
    std::string name{trimmed(line.substr(0, equals))};
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    into[std::move(name)] = trimmed(line.substr(equals + 1));
}

}  // namespace

Profile read_profile(std::string_view file_text, std::string_view profile) {
    Profile found;
    bool is_wanted = false;
    while (!file_text.empty()) {
        const std::string_view raw = file_text.substr(0, file_text.find('\n'));
        file_text.remove_prefix(std::min(raw.size() + 1, file_text.size()));
        const bool is_nested = !raw.empty() && kSpace.find(raw.front()) != std::string_view::npos;
        const std::string_view line = trimmed(without_comment(raw));
        if (line.empty() || is_nested) continue;
        if (line.front() == '[') {
            is_wanted = section_name(line) == profile;
        } else if (is_wanted) {
            take_setting(line, found);
        }
    }
    return found;
}

}  // namespace strongroom::aws
