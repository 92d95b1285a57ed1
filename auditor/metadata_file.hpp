#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/object_store/object_store.hpp"

namespace strongroom::auditor {

/// What a JSON document says about an object whose body lies in a local file: either a flat object of user metadata
/// (`{"encryption": "aes-256-gcm", "iv": "…"}`, names with or without `x-amz-meta-`), or what
/// `aws s3api head-object` prints (`Metadata`, and `ContentLength`, `ChecksumCRC32C`, `ETag` where they are there).
/// Failures (permanent) say what is wrong; `name` is the document's name in them.
Result<object_store::StoredObject> parse_metadata(std::string_view json, std::string_view name);

/// The same from a file of at most 1 MiB.
Result<object_store::StoredObject> read_metadata_file(const std::string& path);

}  // namespace strongroom::auditor
