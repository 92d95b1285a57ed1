#include "worker/archive/receipt.hpp"

#include "shared/records/receipt_codec.hpp"
#include "shared/records/record_headers.hpp"

namespace strongroom::archive {

records::RecordOrigin origin_of(const kafka::Record& record) {
    using namespace records;
    const auto topic = find_header(record.headers, header::kOriginTopic);
    if (!topic) return {record.at.topic, record.at.partition, record.offset, record.timestamp_ms};
    const auto number = [&](std::string_view name) { return find_number(record.headers, name).value_or(-1); };
    return {std::string{*topic}, static_cast<std::int32_t>(number(header::kOriginPartition)),
            number(header::kOriginOffset), number(header::kOriginTimestamp)};
}

kafka::OutboundRecord ReceiptWriter::to(std::string topic, records::Receipt receipt) const {
    receipt.worker = worker_;
    receipt.settled_at = time_.wall_now();
    kafka::OutboundRecord record{
        .topic = std::move(topic), .key = records::receipt_key(receipt), .value = records::encode_receipt(receipt)};
    if (!receipt.tenant.empty()) records::set_header(record.headers, records::header::kTenant, receipt.tenant);
    if (!receipt.work_item.empty()) records::set_header(record.headers, records::header::kWorkItem, receipt.work_item);
    if (!receipt.event_id.empty()) records::set_header(record.headers, records::header::kEventId, receipt.event_id);
    return record;
}

kafka::OutboundRecord ReceiptWriter::receipt(records::Receipt receipt) const {
    return to(topics_.receipts(), std::move(receipt));
}

kafka::OutboundRecord ReceiptWriter::index_entry(records::Receipt receipt) const {
    return to(topics_.archive(), std::move(receipt));
}

}  // namespace strongroom::archive
