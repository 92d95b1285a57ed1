#include "shared/object_store/s3_fields.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/encoding.hpp"
#include "shared/base/units.hpp"
#include "shared/object_store/s3_xml.hpp"

namespace strongroom::object_store {
namespace {

constexpr std::string_view kMetadataPrefix = "x-amz-meta-";

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::uint64_t size_of(const http::ResponseHead& head) {
    // Content-Range: bytes 100-199/200
    const std::string range = field_of(head, "content-range");
    const std::size_t slash = range.find('/');
    if (slash == std::string::npos) return head.content_length.value_or(0);
    std::uint64_t size = 0;
    std::from_chars(range.data() + slash + 1, range.data() + range.size(), size);
    return size;
}

/// A checksum of checksums (`...-3`) says nothing about the bytes of the whole.
std::string whole_checksum(const http::ResponseHead& head) {
    std::string checksum = field_of(head, "x-amz-checksum-crc32c");
    if (checksum.find('-') != std::string::npos || field_of(head, "x-amz-checksum-type") == "COMPOSITE") return {};
    return checksum;
}

}  // namespace

std::string field_of(const http::ResponseHead& head, std::string_view name) {
    return std::string{head.headers.find(name).value_or(std::string_view{})};
}

void add_object_fields(http::Headers& headers, const NewObject& object) {
    if (!object.content_type.empty()) headers.add("Content-Type", object.content_type);
    for (const auto& [name, value] : object.metadata) headers.add(std::string{kMetadataPrefix} + name, value);
}

StoredObject read_object_fields(const http::ResponseHead& head, std::string bucket, std::string key) {
    StoredObject object{.bucket = std::move(bucket),
                        .key = std::move(key),
                        .version_id = field_of(head, "x-amz-version-id"),
                        .etag = unquoted(field_of(head, "etag")),
                        .size = size_of(head),
                        .crc32c = whole_checksum(head),
                        .content_type = field_of(head, "content-type"),
                        .last_modified = {},
                        .metadata = {}};
    if (object.version_id == "null") object.version_id.clear();
    if (const auto modified = parse_http_date(field_of(head, "last-modified"))) object.last_modified = *modified;
    for (const auto& [name, value] : head.headers) {
        std::string lower_name = lower(name);
        if (lower_name.starts_with(kMetadataPrefix))
            object.metadata.emplace(lower_name.substr(kMetadataPrefix.size()), value);
    }
    return object;
}

std::string upload_query(const std::string& upload_id, int part_number) {
    std::string query;
    if (part_number > 0) query = "partNumber=" + std::to_string(part_number) + "&";
    return query + "uploadId=" + percent_encode(upload_id);
}

}  // namespace strongroom::object_store
