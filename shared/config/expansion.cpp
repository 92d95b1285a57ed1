#include "shared/config/expansion.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace strongroom::config {
namespace {

Failure malformed(std::string message) {
    return {.kind = FailureKind::kPermanent, .message = std::move(message)};
}

bool is_variable_name(std::string_view name) {
    return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
           std::ranges::all_of(name,
                               [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; });
}

/// `reference` is what stands between `${` and `}`.
Result<std::string> look_up(std::string_view reference, const Environment& environment) {
    const std::size_t separator = reference.find(":-");
    const std::string name{reference.substr(0, separator)};
    if (!is_variable_name(name))
        return malformed("'${" + std::string{reference} + "}' is not ${NAME} or ${NAME:-default}");
    const std::optional<std::string> value = environment(name);
    if (separator == std::string_view::npos) {
        if (!value) return malformed("the environment variable " + name + " is not set");
        return *value;
    }
    if (value && !value->empty()) return *value;
    return std::string{reference.substr(separator + 2)};
}

}  // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        // Read once at start, before any thread that could change it. NOLINTNEXTLINE(concurrency-mt-unsafe)
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return std::string{value};
    };
}

Result<std::string> expand(std::string_view text, const Environment& environment) {
    std::string expanded;
    while (true) {
        const std::size_t at = text.find("${");
        if (at == std::string_view::npos) return expanded.append(text);
        if (at > 0 && text[at - 1] == '$') {
            expanded.append(text.substr(0, at - 1)).append("${");
            text.remove_prefix(at + 2);
            continue;
        }
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) return malformed("a '${' has no '}'");
        const auto value = look_up(text.substr(at + 2, end - at - 2), environment);
        if (!value) return value;
        expanded.append(text.substr(0, at)).append(*value);
        text.remove_prefix(end + 1);
    }
}

}  // namespace strongroom::config
