#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/object_store/object_store.hpp"

namespace strongroom::archive {

/// One multipart upload over an ObjectStore: begun, parts sent in order, then completed or aborted. The store outlives
/// it.
class MultipartUpload {
  public:
    static Task<Result<MultipartUpload>> begin(object_store::ObjectStore& store, object_store::NewObject object);

    /// The next part: exactly `length` bytes of `source`.
    Task<Result<>> send(std::uint64_t length, http::ByteSource& source);
    /// Makes the object visible. A failure leaves the upload open: abort it.
    Task<Result<object_store::PutResult>> complete();
    /// Best effort: what is left open after a failed abort is for the bucket's lifecycle rule.
    Task<> abort();

  private:
    MultipartUpload(object_store::ObjectStore& store, object_store::NewObject object, std::string upload_id);

    object_store::ObjectStore* store_;
    object_store::NewObject object_;
    std::string upload_id_;
    std::vector<object_store::ObjectStore::Part> parts_;
};

}  // namespace strongroom::archive
