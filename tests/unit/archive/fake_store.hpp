#pragma once

#include <deque>
#include <map>
#include <string>

#include "shared/base/encoding.hpp"
#include "shared/object_store/object_store.hpp"
#include "worker/archive/part_source.hpp"

namespace strongroom::archive::test {

using object_store::NewObject;
using object_store::PutResult;
using object_store::StoredObject;

/// A store in memory that keeps what S3 promises: conditional puts, nothing visible from a body that broke off.
class FakeStore final : public object_store::ObjectStore {
  public:
    struct Entry {
        StoredObject head;
        std::string body;
    };
    std::map<std::string, Entry> objects;
    /// Failures of the next puts (single or completion), in order.
    std::deque<Failure> refusals;
    int aborted = 0;
    int puts = 0;

    Task<Result<StoredObject>> head(std::string, std::string key) override {
        const auto at = objects.find(key);
        if (at == objects.end()) co_return missing();
        co_return at->second.head;
    }

    Task<Result<PutResult>> put(NewObject object, std::uint64_t length, http::ByteSource& source) override {
        ++puts;
        if (auto refused = next_refusal()) co_return std::move(*refused);
        std::vector<std::byte> body;
        const bool whole = co_await collect_part(source, length, body);
        if (!whole || body.size() != length) co_return Failure{.cause = Cause::kCancelled, .message = "cut off"};
        co_return keep(std::move(object), std::string{as_text(body)});
    }

    Task<Result<std::string>> create_multipart(NewObject object) override {
        open_ = std::move(object);
        body_.clear();
        co_return std::string{"upload-1"};
    }

    Task<Result<Part>> upload_part(std::string, std::string, std::string, int number, std::uint64_t length,
                                   http::ByteSource& source) override {
        std::vector<std::byte> part;
        const bool whole = co_await collect_part(source, length, part);
        if (!whole || part.size() != length) co_return Failure{.cause = Cause::kCancelled, .message = "cut off"};
        part_sizes.push_back(part.size());
        body_.append(as_text(part));
        co_return Part{.number = number, .etag = "p", .crc32c = {}};
    }
    std::vector<std::size_t> part_sizes;

    Task<Result<PutResult>> complete_multipart(std::string, std::string, std::string, std::vector<Part>,
                                               bool) override {
        if (auto refused = next_refusal()) co_return std::move(*refused);
        co_return keep(open_, body_);
    }

    Task<Result<>> abort_multipart(std::string, std::string, std::string) override {
        ++aborted;
        co_return Result<>{};
    }

    Task<Result<>> get(std::string, std::string key, GetOptions, http::ByteSink& sink) override {
        const auto at = objects.find(key);
        if (at == objects.end()) co_return missing();
        sink.accept(as_bytes(at->second.body));
        co_return Result<>{};
    }

    Task<Result<ListPage>> list(std::string, std::string, std::string) override { co_return ListPage{}; }

  private:
    static Failure missing() {
        return {.kind = FailureKind::kPermanent, .dependency = Dependency::kStore, .cause = Cause::kNotFound};
    }
    std::optional<Failure> next_refusal() {
        if (refusals.empty()) return std::nullopt;
        Failure failure = std::move(refusals.front());
        refusals.pop_front();
        return failure;
    }
    Result<PutResult> keep(NewObject object, std::string body) {
        if (object.only_if_absent && objects.contains(object.key)) {
            return Failure{
                .kind = FailureKind::kPermanent, .dependency = Dependency::kStore, .cause = Cause::kPreconditionFailed};
        }
        StoredObject head{.bucket = object.bucket,
                          .key = object.key,
                          .version_id = {},
                          .etag = "etag",
                          .size = body.size(),
                          .crc32c = "crc",
                          .content_type = object.content_type,
                          .last_modified = {},
                          .metadata = object.metadata};
        objects[object.key] = {std::move(head), std::move(body)};
        return PutResult{.etag = "etag", .version_id = {}, .crc32c = "crc"};
    }

    NewObject open_;
    std::string body_;
};

}  // namespace strongroom::archive::test
