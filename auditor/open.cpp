#include "auditor/open.hpp"

#include <utility>

namespace strongroom::auditor {

Task<Result<Finding>> Opener::repeat(std::function<Task<Result<Finding>>()> attempt) {
    return retry<Finding>(sleeper_, random_, backoff_, std::move(attempt));
}

Task<Result<Finding>> Opener::to_file(std::string path) {
    return repeat([this, path = std::move(path)] { return file_attempt(path); });
}

Task<Result<Finding>> Opener::file_attempt(std::string path) {
    auto file = PlaintextFile::create(path);
    if (!file) co_return file.error();
    auto finding = co_await check_object(source_, keys_, {.output = &*file});
    if (!finding || !finding->good()) co_return finding;
    if (auto committed = file->commit(); !committed) co_return committed.error();
    co_return finding;
}

Task<Result<Finding>> Opener::to_verified_stream(PlaintextOutput& output) {
    const auto first = co_await repeat([this] { return check_object(source_, keys_, {}); });
    if (!first || !first->good()) co_return first;
    if (first->stored.etag.empty()) {
        co_return Failure{.kind = FailureKind::kPermanent,
                          .cause = Cause::kUnsupported,
                          .message =
                              "the store gives no ETag, so a second reading might be of another version; write to "
                              "a file (-o), or use --stream"};
    }
    co_return co_await check_object(source_, keys_, {.output = &output, .if_match = first->stored.etag});
}

Task<Result<Finding>> Opener::to_unverified_stream(PlaintextOutput& output) {
    return check_object(source_, keys_, {.output = &output});
}

}  // namespace strongroom::auditor
