#include "auditor/receipt_targets.hpp"

#include "shared/records/receipt_codec.hpp"

namespace strongroom::auditor {
namespace {

std::string place(const kafka::Record& record) {
    return record.at.topic + "/" + std::to_string(record.at.partition) + "/" + std::to_string(record.offset);
}

bool must_have_objects(records::ReceiptStatus status) {
    return status == records::ReceiptStatus::kArchived || status == records::ReceiptStatus::kAlreadyArchived ||
           status == records::ReceiptStatus::kArchivedUnlinked;
}

Target target_of(const records::Receipt& receipt, const records::ArchivedObject& object) {
    return {.location = {.bucket = object.bucket, .key = object.key},
            .expected = Expectation{.stored_bytes = object.stored_bytes,
                                    .crc32c = object.crc32c,
                                    .etag = object.etag,
                                    .envelope = object.envelope},
            .work_item = receipt.work_item,
            .event_id = receipt.event_id};
}

}  // namespace

Task<Result<std::optional<Target>>> ReceiptTargets::next() {
    while (waiting_.empty()) {
        auto record = co_await receipts_.next();
        if (!record) co_return record.error();
        if (!*record) co_return std::nullopt;
        take(**record);
    }
    Target target = std::move(waiting_.front());
    waiting_.pop_front();
    co_return std::optional{std::move(target)};
}

void ReceiptTargets::take(const kafka::Record& record) {
    if (!record.value) return;  // a tombstone says nothing
    const auto receipt = records::decode_receipt(*record.value);
    if (!receipt) {
        report_.bad_receipt(place(record), receipt.error().message);
        return;
    }
    report_.count_receipt(records::to_string(receipt->status));
    if (must_have_objects(receipt->status) && receipt->objects.empty()) {
        report_.bad_receipt(place(record), "it says " + std::string{records::to_string(receipt->status)} +
                                               " and names no object (work item " + receipt->work_item + ")");
    }
    for (const auto& object : receipt->objects) waiting_.push_back(target_of(*receipt, object));
}

}  // namespace strongroom::auditor
