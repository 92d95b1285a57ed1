#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/base/time_source.hpp"
#include "shared/http/byte_stream.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::object_store {

/// An object as the store has it.
struct StoredObject {
    std::string bucket;
    std::string key;
    std::string version_id;  ///< empty without versioning
    std::string etag;        ///< without quotes
    std::uint64_t size = 0;  ///< stored bytes
    std::string
        crc32c;  ///< base64 of the checksum of the stored bytes; empty when the store has none of the whole object
    std::string content_type;
    WallTime last_modified{};
    std::map<std::string, std::string> metadata;  ///< user metadata, names in lower case without prefix
};

/// An object to be put. `key` is the plain key; the client encodes it.
struct NewObject {
    std::string bucket;
    std::string key;
    std::string content_type;
    std::map<std::string, std::string> metadata;
    /// Fails with Cause::kPreconditionFailed when the key exists (If-None-Match: *).
    bool only_if_absent = true;
};

/// What a finished upload returns; the rest is known to the caller.
struct PutResult {
    std::string etag;
    std::string version_id;
    std::string crc32c;  ///< base64, of the whole object's stored bytes as sent
};

struct ListedObject {
    std::string key;
    std::uint64_t size = 0;
};

/// Buckets of objects. Failures are at Dependency::kStore; kinds as in the table of worker/consume/decision_table:
/// SlowDown is throttled; NoSuchBucket, AccessDenied, refused credentials are outages; 404 of a key is permanent,
/// Cause::kNotFound. Implementations make one attempt: repeating is the caller's decision. The loop's thread only.
class ObjectStore {
  public:
    virtual ~ObjectStore() = default;

    virtual Task<Result<StoredObject>> head(std::string bucket, std::string key) = 0;

    /// One PUT of exactly `length` bytes from `source`. The CRC32C of the bytes goes along, so a cut body stores
    /// nothing. Compares what the reply echoes (Cause::kCorrupt when it differs).
    virtual Task<Result<PutResult>> put(NewObject object, std::uint64_t length, http::ByteSource& source) = 0;

    /// Multipart. `parts` are sent in order; an upload that is not completed must be aborted.
    virtual Task<Result<std::string>> create_multipart(NewObject object) = 0;
    struct Part {
        int number = 0;
        std::string etag;
        std::string crc32c;
        std::uint64_t size = 0;  ///< bytes, for the checksum of the whole
    };
    virtual Task<Result<Part>> upload_part(std::string bucket, std::string key, std::string upload_id, int number,
                                           std::uint64_t length, http::ByteSource& source) = 0;
    virtual Task<Result<PutResult>> complete_multipart(std::string bucket, std::string key, std::string upload_id,
                                                       std::vector<Part> parts, bool only_if_absent) = 0;
    virtual Task<Result<>> abort_multipart(std::string bucket, std::string key, std::string upload_id) = 0;

    /// Streams the object's stored bytes (`Range: bytes=first-` when first > 0) into `sink`; with `if_match` only that
    /// version (else Cause::kPreconditionFailed). `on_head` is called before the first byte.
    struct GetOptions {
        std::uint64_t first = 0;
        std::string if_match{};
        std::function<Result<>(const StoredObject&)> on_head{};
    };
    virtual Task<Result<>> get(std::string bucket, std::string key, GetOptions options, http::ByteSink& sink) = 0;

    /// One page of keys; `next` is empty on the last.
    struct ListPage {
        std::vector<ListedObject> objects;
        std::string next;
    };
    virtual Task<Result<ListPage>> list(std::string bucket, std::string prefix, std::string continuation) = 0;
};

}  // namespace strongroom::object_store
