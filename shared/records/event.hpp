#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/secret.hpp"
#include "shared/base/time_source.hpp"

namespace strongroom::records {

/// A finished media item (profile media-api).
struct ArchivedMedia {
    std::string media_id;
    std::string interaction_id;
    std::string unknown_fields{};  ///< as in Event
    friend bool operator==(const ArchivedMedia&, const ArchivedMedia&) = default;
};

/// One alternative per kind of event; a new one is added at the end.
using EventSubject = std::variant<ArchivedMedia>;

/// A URL signed by the receiver: it grants access.
struct PresignedPut {
    Secret url;
    std::map<std::string, Secret> headers{};
    std::optional<WallTime> expires_at{};
    friend bool operator==(const PresignedPut&, const PresignedPut&) = default;
};

/// A bucket of the receiver's, written under a role of the receiver's.
struct RoleUpload {
    std::string role_arn;
    std::string external_id;
    std::string bucket;
    std::string region;
    friend bool operator==(const RoleUpload&, const RoleUpload&) = default;
};

using Delivery = std::variant<PresignedPut, RoleUpload>;

/// What happened at a source: proto/strongroom/event/v1/event.proto as a plain value; see there for the fields. Ids
/// have been checked (identifier.hpp) in every event that came out of decode_event.
struct Event {
    std::string id{};
    std::string tenant{};
    std::string source{};
    std::optional<WallTime> occurred_at{};
    std::optional<WallTime> received_at{};
    EventSubject subject{};
    std::vector<Delivery> deliveries{};
    std::map<std::string, std::string> attributes{};
    std::string parent_event_id{};  ///< empty: not derived from another event
    /// Fields that a newer producer wrote, in wire format; encode_event writes them again.
    std::string unknown_fields{};
    friend bool operator==(const Event&, const Event&) = default;
};

}  // namespace strongroom::records
