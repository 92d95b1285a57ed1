#include "shared/records/receipt_codec.hpp"

#include <array>
#include <limits>

#include <strongroom/archive/v1/receipt.pb.h>

#include "shared/records/timestamps.hpp"
#include "shared/records/work_item.hpp"

namespace strongroom::records {
namespace {

namespace wire = archive::v1;

static_assert(static_cast<int>(ReceiptStatus::kArchived) == wire::STATUS_ARCHIVED);
static_assert(static_cast<int>(ReceiptStatus::kAlreadyArchived) == wire::STATUS_ALREADY_ARCHIVED);
static_assert(static_cast<int>(ReceiptStatus::kArchivedUnlinked) == wire::STATUS_ARCHIVED_UNLINKED);
static_assert(static_cast<int>(ReceiptStatus::kNothingToArchive) == wire::STATUS_NOTHING_TO_ARCHIVE);
static_assert(static_cast<int>(ReceiptStatus::kDiscovered) == wire::STATUS_DISCOVERED);
static_assert(static_cast<int>(ReceiptStatus::kDeadLettered) == wire::STATUS_DEAD_LETTERED);

constexpr std::array kStages{Stage::kDecode,   Stage::kClaim,     Stage::kResolve,
                             Stage::kTransfer, Stage::kWriteBack, Stage::kReceipt};

Stage parse_stage(std::string_view word) {
    for (const Stage stage : kStages) {
        if (strongroom::to_string(stage) == word) return stage;
    }
    return Stage::kNone;
}

ReceiptStatus read_status(wire::Status status) {
    if (status < wire::STATUS_ARCHIVED || status > wire::STATUS_DEAD_LETTERED) return ReceiptStatus::kUnspecified;
    return static_cast<ReceiptStatus>(status);
}

void write_object(const ArchivedObject& object, wire::StoredObject& into) {
    into.set_bucket(object.bucket);
    into.set_key(object.key);
    into.set_version_id(object.version_id);
    into.set_etag(object.etag);
    into.set_plain_bytes(object.plain_bytes);
    into.set_stored_bytes(object.stored_bytes);
    into.set_crc32c(object.crc32c);
    into.set_content_type(object.content_type);
    into.set_format(object.format);
    into.set_key_id(object.key_id);
    into.mutable_envelope()->insert(object.envelope.begin(), object.envelope.end());
    if (object.stored_at) to_timestamp(*object.stored_at, *into.mutable_stored_at());
}

ArchivedObject read_object(const wire::StoredObject& message) {
    ArchivedObject object{.bucket = message.bucket(),
                          .key = message.key(),
                          .version_id = message.version_id(),
                          .etag = message.etag(),
                          .plain_bytes = message.plain_bytes(),
                          .stored_bytes = message.stored_bytes(),
                          .crc32c = message.crc32c(),
                          .content_type = message.content_type(),
                          .format = message.format(),
                          .key_id = message.key_id(),
                          .envelope = {message.envelope().begin(), message.envelope().end()}};
    if (message.has_stored_at()) object.stored_at = to_wall_time(message.stored_at());
    return object;
}

void write_origin(const RecordOrigin& origin, wire::Origin& into) {
    into.set_topic(origin.topic);
    into.set_partition(origin.partition);
    into.set_offset(origin.offset);
    into.set_timestamp_ms(origin.timestamp_ms);
}

void write_failure(const FailureReason& reason, wire::FailureReason& into) {
    into.set_kind(reason.kind);
    into.set_dependency(reason.dependency);
    into.set_stage(reason.stage);
    into.set_message(reason.message);
}

}  // namespace

std::string encode_receipt(const Receipt& receipt) {
    wire::Receipt message;
    message.set_event_id(receipt.event_id);
    message.set_tenant(receipt.tenant);
    message.set_work_item(receipt.work_item);
    message.set_status(static_cast<wire::Status>(receipt.status));
    for (const ArchivedObject& object : receipt.objects) write_object(object, *message.add_objects());
    message.set_attempts(receipt.attempts);
    for (const StageTiming& timing : receipt.timings) {
        auto& written = *message.add_timings();
        written.set_stage(std::string{strongroom::to_string(timing.stage)});
        written.set_duration_ms(timing.duration.count());
    }
    write_origin(receipt.origin, *message.mutable_origin());
    message.set_worker(receipt.worker);
    if (receipt.settled_at) to_timestamp(*receipt.settled_at, *message.mutable_settled_at());
    if (receipt.failure) write_failure(*receipt.failure, *message.mutable_failure());
    message.set_interaction_id(receipt.interaction_id);
    message.set_discovered(receipt.discovered);
    return message.SerializeAsString();
}

Result<Receipt> decode_receipt(std::string_view bytes) {
    wire::Receipt message;
    if (bytes.size() > std::numeric_limits<int>::max() ||
        !message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        return Failure{.kind = FailureKind::kPoison,
                       .stage = Stage::kDecode,
                       .cause = Cause::kCorrupt,
                       .message = "the value is no strongroom.archive.v1.Receipt"};
    }
    Receipt receipt{.event_id = message.event_id(),
                    .tenant = message.tenant(),
                    .work_item = message.work_item(),
                    .status = read_status(message.status()),
                    .attempts = message.attempts(),
                    .origin = {message.origin().topic(), message.origin().partition(), message.origin().offset(),
                               message.origin().timestamp_ms()},
                    .worker = message.worker(),
                    .interaction_id = message.interaction_id(),
                    .discovered = message.discovered()};
    for (const auto& object : message.objects()) receipt.objects.push_back(read_object(object));
    for (const auto& timing : message.timings()) {
        receipt.timings.push_back({parse_stage(timing.stage()), std::chrono::milliseconds{timing.duration_ms()}});
    }
    if (message.has_settled_at()) receipt.settled_at = to_wall_time(message.settled_at());
    if (message.has_failure()) {
        const auto& failure = message.failure();
        receipt.failure = FailureReason{failure.kind(), failure.dependency(), failure.stage(), failure.message()};
    }
    return receipt;
}

std::string receipt_key(const Receipt& receipt) {
    if (!receipt.tenant.empty() && !receipt.work_item.empty()) {
        return qualified_work_item(receipt.tenant, receipt.work_item);
    }
    return origin_key(receipt.origin.topic, receipt.origin.partition, receipt.origin.offset);
}

}  // namespace strongroom::records
