#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/records/event.hpp"

namespace strongroom::records {

/// The one thing that the event asks to archive, the unit of idempotency: `media/<mediaId>`.
std::string work_item_of(const Event& event);

/// The key under which records of one conversation keep their order: the interaction's id.
std::string record_key_of(const Event& event);

/// `<tenant>/<work item>`: the fleet-wide name of a work item; also the record key of its receipt and index entry.
std::string qualified_work_item(std::string_view tenant, std::string_view work_item);

struct QualifiedWorkItem {
    std::string tenant;
    std::string work_item;
    friend bool operator==(const QualifiedWorkItem&, const QualifiedWorkItem&) = default;
};
/// The reverse; nothing when it is not of the grammar.
std::optional<QualifiedWorkItem> parse_work_item(std::string_view qualified);

/// `@topic/partition/offset`: the receipt's key where no work item could be read.
std::string origin_key(std::string_view topic, std::int32_t partition, std::int64_t offset);

}  // namespace strongroom::records
