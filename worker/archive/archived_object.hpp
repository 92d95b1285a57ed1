#pragma once

#include <map>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/object_store/object_store.hpp"
#include "shared/records/receipt.hpp"

namespace strongroom::archive {

/// Names of the object metadata that every format carries (without `x-amz-meta-`); stable for auditors.
namespace object_metadata {
inline constexpr std::string_view kItem = "sr-item";               ///< `<tenant>/<work item>`, percent-encoded
inline constexpr std::string_view kEvent = "sr-event";             ///< id of the event that archived it
inline constexpr std::string_view kFormat = "sr-format";           ///< `v3`, `origin`
inline constexpr std::string_view kKeyId = "sr-key-id";            ///< name of the key-encryption key
inline constexpr std::string_view kArchivedAt = "sr-archived-at";  ///< RFC 3339, UTC, ms: told to the platform
inline constexpr std::string_view kOrigin = "sr-origin";           ///< topic/partition/offset of the record
}  // namespace object_metadata

/// Who archives: what is written into the metadata and recognised in it.
struct Provenance {
    std::string qualified_item;  ///< `<tenant>/<work item>`
    std::string event_id;
    std::string origin;  ///< topic/partition/offset of the record on its first topic
};

/// The metadata of a new object, without the format's own fields.
std::map<std::string, std::string> describe_object(const Provenance& provenance, std::string_view format,
                                                   std::string_view key_id, WallTime archived_at);

/// An object found in the store, read back from its metadata. Permanent (kConflict) when it belongs to another work
/// item or to nobody we know: a key collision.
struct FoundObject {
    records::ArchivedObject object;
    std::string origin;
};
Result<FoundObject> recognise(const object_store::StoredObject& stored, const Provenance& provenance);

/// The object as the fields of a claim's recovery point, and back (nothing when a field is missing or malformed).
std::map<std::string, std::string> to_fields(const records::ArchivedObject& object);
std::optional<records::ArchivedObject> from_fields(const std::map<std::string, std::string>& fields);

}  // namespace strongroom::archive
