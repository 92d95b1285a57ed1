#pragma once

#include <string>

#include "shared/base/time_source.hpp"
#include "shared/kafka/record.hpp"
#include "shared/records/receipt.hpp"
#include "shared/records/topics.hpp"

namespace strongroom::archive {

/// A record's first place on Kafka: from its `sr-origin-*` headers when it came through a retry topic, else its own.
records::RecordOrigin origin_of(const kafka::Record& record);

/// Turns outcomes into the records that are committed with them. Immutable: any thread.
class ReceiptWriter {
  public:
    /// `worker` names the process and shard in every receipt.
    ReceiptWriter(records::TopicNames topics, std::string worker, const TimeSource& time)
        : topics_{std::move(topics)}, worker_{std::move(worker)}, time_{time} {}

    /// For the receipts topic; completes worker and time.
    [[nodiscard]] kafka::OutboundRecord receipt(records::Receipt receipt) const;
    /// The same receipt for the compacted index; only of ARCHIVED and ARCHIVED_UNLINKED.
    [[nodiscard]] kafka::OutboundRecord index_entry(records::Receipt receipt) const;

  private:
    [[nodiscard]] kafka::OutboundRecord to(std::string topic, records::Receipt receipt) const;

    records::TopicNames topics_;
    std::string worker_;
    const TimeSource& time_;
};

}  // namespace strongroom::archive
