#include "shared/keys/key_material.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "shared/base/encoding.hpp"

namespace strongroom::keys {
namespace {

constexpr std::size_t kKeyBytes = 32;

std::string_view trim(std::string_view text) {
    constexpr std::string_view kWhiteSpace = " \t\r\n";
    const auto first = text.find_first_not_of(kWhiteSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

Failure unreadable(const std::string& path, std::string_view problem) {
    Failure failure{.kind = FailureKind::kOutage, .dependency = Dependency::kKeys};
    failure.message.append("cannot read ").append(path).append(": ").append(problem);
    return failure;
}

}  // namespace

std::optional<Secret> parse_key(std::string_view content) {
    if (content.size() == kKeyBytes) return Secret{std::string{content}};
    const std::string_view text = trim(content);
    const auto bytes = text.size() == 2 * kKeyBytes ? hex_decode(text) : base64_decode(text);
    if (!bytes || bytes->size() != kKeyBytes) return std::nullopt;
    return Secret{std::string{as_text(*bytes)}};
}

Result<KeyFile> read_key_file(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return unreadable(path, std::generic_category().message(errno));
    if (S_ISDIR(status.st_mode)) return unreadable(path, "it is a directory");
    std::ifstream file{path, std::ios::binary};
    if (!file) return unreadable(path, std::generic_category().message(errno));
    std::string content(kLongestKeyFile + 1, '\0');
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    if (file.bad()) return unreadable(path, "the read failed");
    content.resize(static_cast<std::size_t>(file.gcount()));
    return KeyFile{.content = Secret{std::move(content)}, .readable_by_others = (status.st_mode & S_IROTH) != 0};
}

}  // namespace strongroom::keys
