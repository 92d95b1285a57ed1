#include "worker/archive/archive_job.hpp"

#include <utility>

#include "shared/records/event_codec.hpp"
#include "shared/records/work_item.hpp"
#include "worker/archive/receipt.hpp"

namespace strongroom::archive {
namespace {

std::string origin_text(const records::RecordOrigin& origin) {
    return origin.topic + "/" + std::to_string(origin.partition) + "/" + std::to_string(origin.offset);
}

Failure unknown_tenant(const std::string& tenant) {
    return {.kind = FailureKind::kNotReady,
            .stage = Stage::kDecode,
            .cause = Cause::kUnsupported,
            .message = "tenant '" + tenant + "' is not in this worker's configuration; add it under tenants"};
}

}  // namespace

records::Receipt ArchiveJob::receipt(records::ReceiptStatus status) const {
    records::Receipt receipt{.event_id = event.id,
                             .tenant = event.tenant,
                             .work_item = subject.work_item,
                             .status = status,
                             .attempts = delivery.attempt,
                             .timings = timings,
                             .origin = origin,
                             .interaction_id = handler.interaction_id(event)};
    if (object) receipt.objects.push_back(*object);
    return receipt;
}

records::ReceiptStatus ArchiveJob::status() const {
    return object_origin == provenance.origin ? records::ReceiptStatus::kArchived
                                              : records::ReceiptStatus::kAlreadyArchived;
}

Result<ArchiveJob> open_job(const consume::Delivery& delivery, const Tenants& tenants) {
    auto event = records::decode_event(delivery.record.value.value_or(std::string{}));
    if (!event) return std::move(event).error();
    const auto tenant = tenants.find(event->tenant);
    if (tenant == tenants.end()) return unknown_tenant(event->tenant);
    consume::Subject subject{
        .tenant = event->tenant, .work_item = records::work_item_of(*event), .event_id = event->id};
    records::RecordOrigin origin = origin_of(delivery.record);
    Provenance provenance{.qualified_item = records::qualified_work_item(subject.tenant, subject.work_item),
                          .event_id = event->id,
                          .origin = origin_text(origin)};
    const SubjectHandler& handler = handler_of(*event);
    return ArchiveJob{.delivery = delivery,
                      .tenant = tenant->second,
                      .handler = handler,
                      .event = std::move(*event),
                      .subject = std::move(subject),
                      .origin = std::move(origin),
                      .provenance = std::move(provenance)};
}

consume::Subject subject_of_refused(const consume::Delivery& delivery) {
    const auto hints = records::hints_of(delivery.record.value.value_or(std::string{}));
    return {.tenant = hints.tenant, .work_item = {}, .event_id = hints.event_id};
}

}  // namespace strongroom::archive
