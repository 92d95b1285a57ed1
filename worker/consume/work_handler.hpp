#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/kafka/record.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::consume {

/// A record handed to the handler. The record outlives the handling.
struct Delivery {
    const kafka::Record& record;
    std::string group;
    std::int64_t epoch = 0;  ///< assignment epoch of the record's partition in this process
    int attempt = 1;         ///< counted deliveries, this one included
};

/// Who the record is about, as far as could be read from it: for headers, receipts and metrics. Empty = unknown.
struct Subject {
    std::string tenant;
    std::string work_item;
    std::string event_id;
};

/// The work is over and good: these records (receipt, index entry) are produced in the transaction that commits the
/// offset.
struct Settled {
    std::vector<kafka::OutboundRecord> records;
    std::string status;  ///< for metrics: archived, already_archived …
};

/// The work failed; the decision table chooses what becomes of the record.
struct Failed {
    Failure failure;
    /// Receipts that belong to the end even so (ARCHIVED_UNLINKED, when the dead letter is about the write-back):
    /// produced instead of the plain DEAD_LETTERED receipt if the decision is the dead-letter topic.
    std::vector<kafka::OutboundRecord> records_if_dead{};
};

struct HandlerResult {
    Subject subject;
    std::variant<Settled, Failed> end;
};

/// The seam between consuming and archiving. `handle` is one attempt; it reports failures as values, never throws but
/// for its cancellation. The shard's thread only. The same handler serves all records of a shard at once.
class WorkHandler {
  public:
    virtual ~WorkHandler() = default;
    virtual Task<HandlerResult> handle(const Delivery& delivery) = 0;
    /// The receipt of a record that ends in the dead-letter topic.
    virtual kafka::OutboundRecord dead_letter_receipt(const Delivery& delivery, const Subject& subject,
                                                      const Failure& failure) = 0;
};

}  // namespace strongroom::consume
