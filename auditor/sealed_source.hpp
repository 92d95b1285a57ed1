#pragma once

#include <string>

#include "auditor/object_location.hpp"
#include "shared/base/result.hpp"
#include "shared/http/byte_stream.hpp"
#include "shared/object_store/object_store.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::auditor {

/// One stored object, wherever its bytes lie. One reading at a time.
class SealedSource {
  public:
    using Options = object_store::ObjectStore::GetOptions;

    virtual ~SealedSource() = default;
    /// Streams the stored bytes from the first to the last into `sink`; otherwise as ObjectStore::get.
    virtual Task<Result<>> read(Options options, http::ByteSink& sink) = 0;
    /// The CRC-32C that the store keeps of the bytes, base64; empty when it has none. Asked only when a tag did not
    /// verify.
    virtual Task<Result<std::string>> checksum() = 0;
    /// For messages.
    [[nodiscard]] virtual std::string name() const = 0;
};

/// An object in a store, which outlives this.
class StoreSource final : public SealedSource {
  public:
    StoreSource(object_store::ObjectStore& store, ObjectLocation location)
        : store_{store}, location_{std::move(location)} {}

    Task<Result<>> read(Options options, http::ByteSink& sink) override;
    Task<Result<std::string>> checksum() override;
    [[nodiscard]] std::string name() const override { return to_string(location_); }

  private:
    object_store::ObjectStore& store_;
    ObjectLocation location_;
};

/// A body in a local file; what else is known of it comes from a metadata file. Its ETag is made of size, time of the
/// last change and inode, so that a file that changes between two readings is noticed. Reads block.
class FileSource final : public SealedSource {
  public:
    /// `described` may say a size and a checksum of the stored bytes (size 0 = unknown).
    FileSource(std::string path, object_store::StoredObject described)
        : path_{std::move(path)}, described_{std::move(described)} {}

    Task<Result<>> read(Options options, http::ByteSink& sink) override;
    Task<Result<std::string>> checksum() override;
    [[nodiscard]] std::string name() const override { return path_; }

  private:
    std::string path_;
    object_store::StoredObject described_;
};

}  // namespace strongroom::auditor
