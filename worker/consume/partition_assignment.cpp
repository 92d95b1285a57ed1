#include "worker/consume/partition_assignment.hpp"

#include <algorithm>
#include <chrono>

namespace strongroom::consume {

bool has_committable(const HeldPartition& partition) {
    return !partition.outcomes.empty() && partition.outcomes.begin()->first < partition.ledger.watermark();
}

void PartitionAssignment::add(const kafka::TopicPartition& at, std::int64_t position) {
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(time_.now().time_since_epoch()).count();
    last_epoch_ = std::max<std::int64_t>(last_epoch_ + 1, now);
    held_.insert_or_assign(
        at, HeldPartition{.at = at, .epoch = last_epoch_, .ledger = Ledger{position}, .committed = position});
}

HeldPartition* PartitionAssignment::find(const kafka::TopicPartition& at) {
    const auto found = held_.find(at);
    return found == held_.end() ? nullptr : &found->second;
}

const HeldPartition* PartitionAssignment::find(const kafka::TopicPartition& at, std::int64_t epoch) const {
    const auto found = held_.find(at);
    return found == held_.end() || found->second.epoch != epoch ? nullptr : &found->second;
}

HeldPartition* PartitionAssignment::find(const kafka::TopicPartition& at, std::int64_t epoch) {
    auto* partition = find(at);
    return partition == nullptr || partition->epoch != epoch ? nullptr : partition;
}

std::optional<HeldPartition> PartitionAssignment::remove(const kafka::TopicPartition& at) {
    auto node = held_.extract(at);
    if (!node) return std::nullopt;
    return std::move(node.mapped());
}

void PartitionAssignment::stop_admitting(std::span<const kafka::TopicPartition> partitions) {
    for (const auto& at : partitions)
        if (auto* partition = find(at)) partition->revoking = true;
}

void PartitionAssignment::stop_admitting_all() {
    for (auto& [at, partition] : held_) partition.revoking = true;
}

std::size_t PartitionAssignment::running(std::span<const kafka::TopicPartition> partitions) const {
    std::size_t count = 0;
    for (const auto& at : partitions)
        if (const auto found = held_.find(at); found != held_.end()) count += found->second.running;
    return count;
}

bool PartitionAssignment::has_committable(std::span<const kafka::TopicPartition> partitions) const {
    return std::ranges::any_of(partitions, [this](const auto& at) {
        const auto found = held_.find(at);
        return found != held_.end() && consume::has_committable(found->second);
    });
}

}  // namespace strongroom::consume
