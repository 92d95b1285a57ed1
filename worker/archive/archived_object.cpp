#include "worker/archive/archived_object.hpp"

#include <charconv>
#include <utility>

#include "shared/base/encoding.hpp"
#include "shared/base/units.hpp"
#include "shared/crypto/envelope.hpp"

namespace strongroom::archive {
namespace {

using Fields = std::map<std::string, std::string>;
constexpr std::string_view kEnvelopePrefix = "envelope.";

std::string value_of(const Fields& fields, std::string_view name) {
    const auto at = fields.find(std::string{name});
    return at == fields.end() ? std::string{} : at->second;
}

std::optional<std::uint64_t> number_of(const Fields& fields, std::string_view name) {
    const std::string text = value_of(fields, name);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<WallTime> time_of(const Fields& fields, std::string_view name) {
    const auto time = parse_rfc3339(value_of(fields, name));
    if (!time) return std::nullopt;
    return *time;
}

/// What a reader needs to open the object: everything that is not ours.
Fields envelope_of(const Fields& metadata) {
    Fields envelope;
    for (const auto& [name, value] : metadata) {
        if (!name.starts_with("sr-")) envelope.emplace(name, value);
    }
    return envelope;
}

}  // namespace

Fields describe_object(const Provenance& provenance, std::string_view format, std::string_view key_id,
                       WallTime archived_at) {
    return {{std::string{object_metadata::kItem}, percent_encode(provenance.qualified_item, true)},
            {std::string{object_metadata::kEvent}, percent_encode(provenance.event_id)},
            {std::string{object_metadata::kFormat}, std::string{format}},
            {std::string{object_metadata::kKeyId}, std::string{key_id}},
            {std::string{object_metadata::kArchivedAt}, format_rfc3339(archived_at)},
            {std::string{object_metadata::kOrigin}, percent_encode(provenance.origin, true)}};
}

Result<FoundObject> recognise(const object_store::StoredObject& stored, const Provenance& provenance) {
    const std::string owner = value_of(stored.metadata, object_metadata::kItem);
    if (owner != percent_encode(provenance.qualified_item, true) || stored.size < crypto::kTagBytes) {
        return Failure{.kind = FailureKind::kPermanent,
                       .dependency = Dependency::kStore,
                       .stage = Stage::kTransfer,
                       .cause = Cause::kConflict,
                       .message = "key collision: s3://" + stored.bucket + "/" + stored.key + " belongs to " +
                                  (owner.empty() ? "an object that strongroom did not write" : owner) +
                                  "; make the key template distinguish them"};
    }
    records::ArchivedObject object{.bucket = stored.bucket,
                                   .key = stored.key,
                                   .version_id = stored.version_id,
                                   .etag = stored.etag,
                                   .plain_bytes = stored.size - crypto::kTagBytes,
                                   .stored_bytes = stored.size,
                                   .crc32c = stored.crc32c,
                                   .content_type = stored.content_type,
                                   .format = value_of(stored.metadata, object_metadata::kFormat),
                                   .key_id = value_of(stored.metadata, object_metadata::kKeyId),
                                   .envelope = envelope_of(stored.metadata),
                                   .stored_at = time_of(stored.metadata, object_metadata::kArchivedAt)};
    if (!object.stored_at) object.stored_at = stored.last_modified;
    return FoundObject{std::move(object),
                       percent_decode(value_of(stored.metadata, object_metadata::kOrigin)).value_or("")};
}

Fields to_fields(const records::ArchivedObject& object) {
    Fields fields{{"bucket", object.bucket},
                  {"key", object.key},
                  {"version_id", object.version_id},
                  {"etag", object.etag},
                  {"plain_bytes", std::to_string(object.plain_bytes)},
                  {"stored_bytes", std::to_string(object.stored_bytes)},
                  {"crc32c", object.crc32c},
                  {"content_type", object.content_type},
                  {"format", object.format},
                  {"key_id", object.key_id}};
    if (object.stored_at) fields.emplace("stored_at", format_rfc3339(*object.stored_at));
    for (const auto& [name, value] : object.envelope) fields.emplace(std::string{kEnvelopePrefix} + name, value);
    return fields;
}

std::optional<records::ArchivedObject> from_fields(const Fields& fields) {
    const auto plain_bytes = number_of(fields, "plain_bytes");
    const auto stored_bytes = number_of(fields, "stored_bytes");
    const auto stored_at = time_of(fields, "stored_at");
    records::ArchivedObject object{.bucket = value_of(fields, "bucket"),
                                   .key = value_of(fields, "key"),
                                   .version_id = value_of(fields, "version_id"),
                                   .etag = value_of(fields, "etag"),
                                   .crc32c = value_of(fields, "crc32c"),
                                   .content_type = value_of(fields, "content_type"),
                                   .format = value_of(fields, "format"),
                                   .key_id = value_of(fields, "key_id"),
                                   .stored_at = stored_at};
    if (object.bucket.empty() || object.key.empty() || !plain_bytes || !stored_bytes || !stored_at) return std::nullopt;
    object.plain_bytes = *plain_bytes;
    object.stored_bytes = *stored_bytes;
    for (const auto& [name, value] : fields) {
        if (name.starts_with(kEnvelopePrefix)) object.envelope.emplace(name.substr(kEnvelopePrefix.size()), value);
    }
    return object;
}

}  // namespace strongroom::archive
