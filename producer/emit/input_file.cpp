#include "producer/emit/input_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace strongroom::emit {
namespace {

Failure failed(const std::string& what) {
    return {.kind = FailureKind::kPermanent, .message = what + ": " + std::generic_category().message(errno)};
}

}  // namespace

Result<InputFile> InputFile::open(const std::string& path) {
    if (path == "-") return InputFile{STDIN_FILENO, "stdin"};
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return failed("cannot open " + path);
    return InputFile{descriptor, path};
}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)}, name_{std::move(other.name_)} {}

InputFile::~InputFile() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

Result<std::size_t> InputFile::read(char* into, std::size_t size) {
    const ssize_t count = ::read(descriptor_, into, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EINTR) return std::size_t{0};
    return failed("cannot read " + name_);
}

}  // namespace strongroom::emit
