#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/object_store/object_store.hpp"
#include "shared/object_store/s3_failure.hpp"

namespace strongroom::object_store {

// The XML documents of the Amazon S3 API reference. Readers return nothing for what is not the document they read.

/// `<Error>`: also in the body of a 200 to CompleteMultipartUpload.
std::optional<S3Error> read_error(std::string_view xml);
/// The upload id in `<InitiateMultipartUploadResult>`.
std::optional<std::string> read_upload_id(std::string_view xml);
struct CompletedUpload {
    std::string etag;
    std::string crc32c;
};
std::optional<CompletedUpload> read_completed_upload(std::string_view xml);
/// `<ListBucketResult>` of ListObjectsV2 with encoding-type=url.
std::optional<ObjectStore::ListPage> read_list_page(std::string_view xml);

/// `<CompleteMultipartUpload>`.
std::string write_parts(const std::vector<ObjectStore::Part>& parts);

/// An entity tag without its quotes.
std::string unquoted(std::string_view etag);

}  // namespace strongroom::object_store
