#include "auditor/sealed_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <vector>

#include "auditor/file_descriptor.hpp"

namespace strongroom::auditor {
namespace {

using object_store::StoredObject;

Failure unreadable(const std::string& path, std::string_view problem, Cause cause = Cause::kOther) {
    Failure failure{.kind = FailureKind::kPermanent, .cause = cause};
    failure.message.append(path).append(": ").append(problem);
    return failure;
}

std::string identity(const struct stat& status) {
    return std::to_string(status.st_ino) + "-" + std::to_string(status.st_size) + "-" +
           std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
}

Result<> pump(int descriptor, const std::string& path, http::ByteSink& sink) {
    std::vector<std::byte> buffer(256UL << 10U);
    for (;;) {
        const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unreadable(path, std::generic_category().message(errno));
        if (count == 0) return {};
        const auto taken = sink.accept(std::span{buffer}.first(static_cast<std::size_t>(count)));
        // The auditor's sinks write with blocking calls: they never pause.
        if (taken != http::ByteSink::Accept::kTaken) return unreadable(path, "not read to its end", Cause::kCancelled);
    }
}

}  // namespace

Task<Result<>> StoreSource::read(Options options, http::ByteSink& sink) {
    return store_.get(location_.bucket, location_.key, std::move(options), sink);
}

Task<Result<std::string>> StoreSource::checksum() {
    const auto stored = co_await store_.head(location_.bucket, location_.key);
    if (!stored) co_return stored.error();
    co_return stored->crc32c;
}

Task<Result<>> FileSource::read(Options options, http::ByteSink& sink) {
    const FileDescriptor file{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file) {
        co_return unreadable(path_, std::generic_category().message(errno),
                             errno == ENOENT ? Cause::kNotFound : Cause::kOther);
    }
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) co_return unreadable(path_, std::generic_category().message(errno));
    if (!S_ISREG(status.st_mode)) co_return unreadable(path_, "not a regular file");
    StoredObject stored = described_;
    stored.size = static_cast<std::uint64_t>(status.st_size);
    stored.etag = identity(status);
    if (!options.if_match.empty() && options.if_match != stored.etag) {
        co_return unreadable(path_, "it has changed since it was verified", Cause::kPreconditionFailed);
    }
    if (options.on_head) {
        if (auto accepted = options.on_head(stored); !accepted) co_return accepted;
    }
    co_return pump(file.get(), path_, sink);
}

Task<Result<std::string>> FileSource::checksum() {
    co_return described_.crc32c;
}

}  // namespace strongroom::auditor
