#include "shared/records/event_codec.hpp"

#include <limits>
#include <utility>

#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/unknown_field_set.h>
#include <strongroom/event/v1/event.pb.h>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "shared/records/identifier.hpp"
#include "shared/records/timestamps.hpp"
#include "shared/records/work_item.hpp"

namespace strongroom::records {
namespace {

namespace wire = event::v1;

constexpr int kFirstSubjectNumber = 16;
constexpr int kLastSubjectNumber = 63;

/// The library writes a line to standard error for every malformed string; our Failure says it already.
void silence_library() {
    [[maybe_unused]] static const auto previous = google::protobuf::SetLogHandler(nullptr);
}

bool parse(std::string_view bytes, wire::Event& into) {
    silence_library();
    return bytes.size() <= std::numeric_limits<int>::max() &&
           into.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

Failure poison(std::string message, Cause cause = Cause::kOther) {
    return {.kind = FailureKind::kPoison, .stage = Stage::kDecode, .cause = cause, .message = std::move(message)};
}

Failure unsupported(std::string message) {
    return {.kind = FailureKind::kNotReady,
            .stage = Stage::kDecode,
            .cause = Cause::kUnsupported,
            .message = std::move(message)};
}

template <class Message>
std::string unknown_fields_of(const Message& message) {
    std::string bytes;
    message.GetReflection()->GetUnknownFields(message).SerializeToString(&bytes);
    return bytes;
}

/// Why an event has no subject that we know.
Failure without_subject(const wire::Event& message) {
    const auto& unknown = message.GetReflection()->GetUnknownFields(message);
    for (int i = 0; i < unknown.field_count(); ++i) {
        const int number = unknown.field(i).number();
        if (number < kFirstSubjectNumber || number > kLastSubjectNumber) continue;
        return unsupported("the event's subject (field " + std::to_string(number) +
                           ") is unknown to this version: update the workers");
    }
    return poison("the event has no subject");
}

Result<Delivery> read_delivery(const wire::Delivery& message) {
    if (message.has_role_upload()) {
        const wire::RoleUpload& role = message.role_upload();
        return RoleUpload{role.role_arn(), role.external_id(), role.bucket(), role.region()};
    }
    if (!message.has_presigned_put()) {
        return unsupported("a delivery of the event is of a kind unknown to this version: update the workers");
    }
    const wire::PresignedPut& put = message.presigned_put();
    PresignedPut read{.url = Secret{put.url()}};
    for (const auto& [name, value] : put.headers()) read.headers.emplace(name, Secret{value});
    if (put.has_expires_at()) read.expires_at = to_wall_time(put.expires_at());
    return read;
}

Result<Event> read_event(const wire::Event& message) {
    if (message.subject_case() == wire::Event::SUBJECT_NOT_SET) return without_subject(message);
    const wire::ArchivedMedia& media = message.archived_media();
    Event event{.id = message.id(),
                .tenant = message.tenant(),
                .source = message.source(),
                .subject = ArchivedMedia{media.media_id(), media.interaction_id(), unknown_fields_of(media)},
                .attributes = {message.attributes().begin(), message.attributes().end()},
                .parent_event_id = message.parent().event_id(),
                .unknown_fields = unknown_fields_of(message)};
    if (message.has_occurred_at()) event.occurred_at = to_wall_time(message.occurred_at());
    if (message.has_received_at()) event.received_at = to_wall_time(message.received_at());
    for (const wire::Delivery& delivery : message.deliveries()) {
        auto read = read_delivery(delivery);
        if (!read) return read.error();
        event.deliveries.push_back(*std::move(read));
    }
    return event;
}

void write_delivery(const Delivery& delivery, wire::Delivery& message) {
    if (const auto* role = std::get_if<RoleUpload>(&delivery)) {
        auto& written = *message.mutable_role_upload();
        written.set_role_arn(role->role_arn);
        written.set_external_id(role->external_id);
        written.set_bucket(role->bucket);
        written.set_region(role->region);
        return;
    }
    const auto& put = std::get<PresignedPut>(delivery);
    auto& written = *message.mutable_presigned_put();
    written.set_url(std::string{put.url.reveal()});
    for (const auto& [name, value] : put.headers) (*written.mutable_headers())[name] = std::string{value.reveal()};
    if (put.expires_at) to_timestamp(*put.expires_at, *written.mutable_expires_at());
}

template <class Message>
void restore_unknown_fields(const std::string& bytes, Message& message) {
    if (!bytes.empty())
        message.GetReflection()->MutableUnknownFields(&message)->ParseFromArray(bytes.data(),
                                                                                static_cast<int>(bytes.size()));
}

}  // namespace

Result<Event> decode_event(std::string_view bytes) {
    wire::Event message;
    if (!parse(bytes, message)) {
        return poison("the value is no strongroom.event.v1.Event (" + std::to_string(bytes.size()) + " bytes)",
                      Cause::kCorrupt);
    }
    auto event = read_event(message);
    if (!event) return event;
    if (event->id.empty()) event->id = derived_event_id(*event);
    if (const auto checked = check_event(*event); !checked) return checked.error();
    return event;
}

std::string encode_event(const Event& event) {
    wire::Event message;
    message.set_id(event.id);
    message.set_tenant(event.tenant);
    message.set_source(event.source);
    if (event.occurred_at) to_timestamp(*event.occurred_at, *message.mutable_occurred_at());
    if (event.received_at) to_timestamp(*event.received_at, *message.mutable_received_at());
    const auto& media = std::get<ArchivedMedia>(event.subject);
    message.mutable_archived_media()->set_media_id(media.media_id);
    message.mutable_archived_media()->set_interaction_id(media.interaction_id);
    restore_unknown_fields(media.unknown_fields, *message.mutable_archived_media());
    for (const Delivery& delivery : event.deliveries) write_delivery(delivery, *message.add_deliveries());
    message.mutable_attributes()->insert(event.attributes.begin(), event.attributes.end());
    if (!event.parent_event_id.empty()) message.mutable_parent()->set_event_id(event.parent_event_id);
    restore_unknown_fields(event.unknown_fields, message);
    return message.SerializeAsString();
}

Result<> check_event(const Event& event) {
    if (auto checked = check_tenant(event.tenant); !checked) return checked;
    const auto& media = std::get<ArchivedMedia>(event.subject);
    if (auto checked = check_identifier("mediaId", media.media_id); !checked) return checked;
    if (auto checked = check_identifier("interactionId", media.interaction_id); !checked) return checked;
    return check_identifier("event id", event.id);
}

std::string derived_event_id(const Event& event) {
    static constexpr boost::uuids::uuid kNamespace{
        {0x5b, 0x1f, 0x0c, 0x2e, 0x83, 0x4d, 0x4f, 0x6a, 0x9e, 0x27, 0x1d, 0x60, 0xa4, 0xc8, 0x53, 0x7b}};
    std::string name = qualified_work_item(event.tenant, work_item_of(event));
    name.append(1, '\0').append(record_key_of(event));
    return to_string(boost::uuids::name_generator_sha1{kNamespace}(name));
}

EventHints hints_of(std::string_view bytes) {
    wire::Event message;
    if (!parse(bytes, message)) return {};
    EventHints hints;
    if (check_tenant(message.tenant())) hints.tenant = message.tenant();
    if (check_identifier("event id", message.id())) hints.event_id = message.id();
    return hints;
}

}  // namespace strongroom::records
