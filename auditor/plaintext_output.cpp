#include "auditor/plaintext_output.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace strongroom::auditor {
namespace {

Failure unwritable(const std::string& path, std::string_view problem) {
    Failure failure{.kind = FailureKind::kPermanent};
    failure.message.append("cannot write ").append(path).append(": ").append(problem);
    return failure;
}

Failure system_failure(const std::string& path) {
    return unwritable(path, std::generic_category().message(errno));
}

Result<> write_all(int descriptor, std::span<const std::byte> bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_failure(path);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

std::string folder_of(const std::string& path) {
    const auto folder = std::filesystem::path{path}.parent_path();
    return folder.empty() ? "." : folder.string();
}

/// A rename is on the disk only when its folder is.
Result<> sync_folder(const std::string& folder) {
    const FileDescriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!descriptor || ::fsync(descriptor.get()) != 0) return system_failure(folder);
    return {};
}

}  // namespace

Result<PlaintextFile> PlaintextFile::create(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        return unwritable(path, "not a regular file; leave -o away to write to standard output");
    }
    const std::string name = std::filesystem::path{path}.filename().string();
    if (name.empty()) return unwritable(path, "the name of a file is expected");
    std::string partial = folder_of(path) + "/." + name + ".XXXXXX.partial";
    FileDescriptor file{::mkostemps(partial.data(), 8, O_CLOEXEC)};  // mode 0600, never an existing file
    if (!file) return system_failure(partial);
    return PlaintextFile{path, std::move(partial), std::move(file)};
}

PlaintextFile::~PlaintextFile() {
    if (file_) ::unlink(partial_.c_str());
}

Result<> PlaintextFile::write(std::span<const std::byte> plain) {
    return write_all(file_.get(), plain, partial_);
}

Result<> PlaintextFile::commit() {
    if (::fsync(file_.get()) != 0) return system_failure(partial_);
    if (std::rename(partial_.c_str(), path_.c_str()) != 0) return system_failure(path_);
    file_.close();
    return sync_folder(folder_of(path_));
}

Result<> DescriptorOutput::write(std::span<const std::byte> plain) {
    return write_all(descriptor_, plain, name_);
}

}  // namespace strongroom::auditor
