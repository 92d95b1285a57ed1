#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "shared/base/time_source.hpp"
#include "shared/kafka/record.hpp"
#include "worker/consume/outcome.hpp"
#include "worker/consume/partition_assignment.hpp"

namespace strongroom::consume {

/// What one transaction carries of one partition: every outcome below `position` that was not committed, and nothing
/// else, so that a crash at any moment repeats no outcome and loses none.
struct BatchPart {
    LaneKind lane = LaneKind::kLive;
    kafka::TopicPartition at;
    std::int64_t epoch = 0;
    std::int64_t position = 0;
    std::vector<OutcomePtr> outcomes;
};

struct BatchLimits {
    std::size_t outcomes = 5'000;
    std::size_t bytes = 8U << 20U;
};

/// The outcomes of one transaction. The first outcome always fits.
class OutcomeBatch {
  public:
    explicit OutcomeBatch(BatchLimits limits) : limits_{limits} {}

    /// Takes what can be committed of these partitions while there is room. An outcome above the watermark is left:
    /// with the watermark alone in the commit, a crash would repeat it.
    void collect(LaneKind lane, const PartitionAssignment& partitions);

    [[nodiscard]] const std::vector<BatchPart>& parts() const { return parts_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// The positions of one lane's group.
    [[nodiscard]] std::vector<kafka::CommitPosition> positions(LaneKind lane) const;

    /// All records as they are to be produced now; `owner_of` then tells whose record an index is.
    std::vector<kafka::OutboundRecord> records(WallTime now);
    [[nodiscard]] OutcomePtr owner_of(std::size_t record) const { return owners_.at(record); }
    [[nodiscard]] OutcomePtr first() const { return parts_.front().outcomes.front(); }

  private:
    [[nodiscard]] bool has_room(const Outcome& outcome) const;
    void take(LaneKind lane, const HeldPartition& partition);

    BatchLimits limits_;
    std::vector<BatchPart> parts_;
    std::vector<OutcomePtr> owners_;
    std::size_t size_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace strongroom::consume
