#include "shared/config/text_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

namespace strongroom::config {

Result<std::string> read_text_file(const std::string& path, std::size_t limit) {
    const auto failed = [&path](const std::string& why) {
        return Failure{.kind = FailureKind::kPermanent, .message = "cannot read " + path + ": " + why};
    };
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    std::string text(limit + 1, '\0');
    if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file && !file.eof()) return failed(std::generic_category().message(errno != 0 ? errno : EIO));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > limit) return failed("larger than " + std::to_string(limit) + " bytes");
    return text;
}

}  // namespace strongroom::config
