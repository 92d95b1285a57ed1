#include "auditor/metadata_file.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fstream>
#include <system_error>

#include <boost/json/parse.hpp>

namespace strongroom::auditor {
namespace {

namespace json = boost::json;
using object_store::StoredObject;

constexpr std::size_t kLongestDocument = 1U << 20U;

Failure unusable(std::string_view name, std::string_view problem) {
    Failure failure{.kind = FailureKind::kPermanent, .cause = Cause::kUnsupported};
    failure.message.append(name).append(": ").append(problem);
    return failure;
}

std::string plain_name(std::string_view name) {
    constexpr std::string_view kPrefix = "x-amz-meta-";
    std::string lower{name};
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower.starts_with(kPrefix) ? lower.substr(kPrefix.size()) : lower;
}

std::string text_at(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

/// Neither size nor checksum: nothing is known beside the metadata.
void read_head_fields(const json::object& object, StoredObject& stored) {
    if (const auto* length = object.if_contains("ContentLength"); length != nullptr && length->is_int64()) {
        stored.size = static_cast<std::uint64_t>(std::max<std::int64_t>(length->get_int64(), 0));
    }
    // "COMPOSITE" checksums are of the parts, not of the bytes.
    if (text_at(object, "ChecksumType") != "COMPOSITE") stored.crc32c = text_at(object, "ChecksumCRC32C");
    stored.content_type = text_at(object, "ContentType");
    stored.version_id = text_at(object, "VersionId");
    stored.etag = text_at(object, "ETag");
    std::erase(stored.etag, '"');
}

}  // namespace

Result<StoredObject> parse_metadata(std::string_view text, std::string_view name) {
    boost::system::error_code error;
    const json::value document = json::parse(text, error);
    if (error) return unusable(name, "not JSON: " + error.message());
    if (!document.is_object()) return unusable(name, "expected a JSON object of metadata, or head-object's output");
    StoredObject stored;
    const auto* nested = document.get_object().if_contains("Metadata");
    const bool is_head_output = nested != nullptr && nested->is_object();
    if (is_head_output) read_head_fields(document.get_object(), stored);
    for (const auto& [key, value] : is_head_output ? nested->get_object() : document.get_object()) {
        if (!value.is_string()) return unusable(name, "the value of " + std::string{key} + " is not a string");
        stored.metadata[plain_name(key)] = value.get_string();
    }
    return stored;
}

Result<StoredObject> read_metadata_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return unusable(path, std::generic_category().message(errno));
    std::string text(kLongestDocument + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad()) return unusable(path, "the read failed");
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > kLongestDocument) return unusable(path, "longer than 1 MiB");
    return parse_metadata(text, path);
}

}  // namespace strongroom::auditor
