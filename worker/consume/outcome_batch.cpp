#include "worker/consume/outcome_batch.hpp"

namespace strongroom::consume {

void OutcomeBatch::collect(LaneKind lane, const PartitionAssignment& partitions) {
    for (const auto& [at, partition] : partitions.all())
        if (has_committable(partition)) take(lane, partition);
}

bool OutcomeBatch::has_room(const Outcome& outcome) const {
    return size_ == 0 || (size_ < limits_.outcomes && bytes_ + outcome.bytes <= limits_.bytes);
}

void OutcomeBatch::take(LaneKind lane, const HeldPartition& partition) {
    const std::int64_t watermark = partition.ledger.watermark();
    BatchPart part{.lane = lane, .at = partition.at, .epoch = partition.epoch, .position = watermark, .outcomes = {}};
    for (const auto& [offset, outcome] : partition.outcomes) {
        if (offset >= watermark) break;
        if (!has_room(*outcome)) {
            part.position = offset;
            break;
        }
        part.outcomes.push_back(outcome);
        ++size_;
        bytes_ += outcome->bytes;
    }
    if (!part.outcomes.empty()) parts_.push_back(std::move(part));
}

std::vector<kafka::CommitPosition> OutcomeBatch::positions(LaneKind lane) const {
    std::vector<kafka::CommitPosition> positions;
    for (const auto& part : parts_)
        if (part.lane == lane) positions.push_back({part.at, part.position});
    return positions;
}

std::vector<kafka::OutboundRecord> OutcomeBatch::records(WallTime now) {
    std::vector<kafka::OutboundRecord> records;
    owners_.clear();
    for (const auto& part : parts_)
        for (const auto& outcome : part.outcomes) {
            append_records(*outcome, now, records);
            owners_.resize(records.size(), outcome);
        }
    return records;
}

}  // namespace strongroom::consume
