#pragma once

#include <cstdint>
#include <string>

#include "shared/http/request.hpp"
#include "shared/object_store/object_store.hpp"

namespace strongroom::object_store {

/// Content-Type, x-amz-meta-* and If-None-Match of a new object.
void add_object_fields(http::Headers& headers, const NewObject& object);

/// What the header of HEAD or GET says about an object. The size is the whole object's also where the response is a
/// part of it.
StoredObject read_object_fields(const http::ResponseHead& head, std::string bucket, std::string key);

/// `uploadId` and `partNumber` as a query.
std::string upload_query(const std::string& upload_id, int part_number = 0);

/// The value of a field, or empty.
std::string field_of(const http::ResponseHead& head, std::string_view name);

}  // namespace strongroom::object_store
