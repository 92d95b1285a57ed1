#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "shared/base/time_source.hpp"
#include "shared/kafka/record.hpp"
#include "worker/consume/ledger.hpp"
#include "worker/consume/outcome.hpp"

namespace strongroom::consume {

/// A partition that is ours, for one assignment epoch.
struct HeldPartition {
    kafka::TopicPartition at;
    std::int64_t epoch = 0;
    Ledger ledger;
    std::int64_t committed = -1;                    ///< the position that the broker has
    std::map<std::int64_t, OutcomePtr> outcomes{};  ///< by offset: known, not yet committed
    std::size_t running = 0;                        ///< records at work (not those that wait in memory)
    bool revoking = false;                          ///< nothing is admitted any more
    std::optional<kafka::Record> parked{};          ///< read, but not due yet
};

/// The partitions of one lane. Every assignment gets a new epoch, greater than any before in this process (it is taken
/// from the steady clock), so that what began under an earlier one is told apart. Pure.
class PartitionAssignment {
  public:
    explicit PartitionAssignment(const TimeSource& time) : time_{time} {}

    void add(const kafka::TopicPartition& at, std::int64_t position);
    [[nodiscard]] HeldPartition* find(const kafka::TopicPartition& at);
    /// Only under that epoch.
    [[nodiscard]] HeldPartition* find(const kafka::TopicPartition& at, std::int64_t epoch);
    [[nodiscard]] const HeldPartition* find(const kafka::TopicPartition& at, std::int64_t epoch) const;
    /// Hands the partition back with all that was known of it; nothing where it is not held.
    std::optional<HeldPartition> remove(const kafka::TopicPartition& at);

    void stop_admitting(std::span<const kafka::TopicPartition> partitions);
    void stop_admitting_all();
    [[nodiscard]] std::size_t running(std::span<const kafka::TopicPartition> partitions) const;
    /// Outcomes that could be committed now.
    [[nodiscard]] bool has_committable(std::span<const kafka::TopicPartition> partitions) const;

    [[nodiscard]] std::map<kafka::TopicPartition, HeldPartition>& all() { return held_; }
    [[nodiscard]] const std::map<kafka::TopicPartition, HeldPartition>& all() const { return held_; }

  private:
    const TimeSource& time_;
    std::map<kafka::TopicPartition, HeldPartition> held_;
    std::int64_t last_epoch_ = 0;
};

/// Everything below the watermark, if that is more than the broker has.
[[nodiscard]] bool has_committable(const HeldPartition& partition);

}  // namespace strongroom::consume
