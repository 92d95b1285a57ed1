#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "shared/base/units.hpp"

namespace strongroom::records {

/// The names of all topics, from one prefix.
class TopicNames {
  public:
    explicit TopicNames(std::string prefix) : prefix_{std::move(prefix)} {}

    [[nodiscard]] std::string events() const { return prefix_ + ".events"; }
    [[nodiscard]] std::string backfill() const { return prefix_ + ".backfill"; }
    /// `.retry.30s`, `.retry.5m`, `.retry.1h`: the delay in its shortest form.
    [[nodiscard]] std::string retry(std::chrono::milliseconds delay) const {
        return prefix_ + ".retry." + format_duration(delay);
    }
    [[nodiscard]] std::string dead_letter() const { return prefix_ + ".dead-letter"; }
    [[nodiscard]] std::string receipts() const { return prefix_ + ".receipts"; }
    /// The compacted index of what is archived.
    [[nodiscard]] std::string archive() const { return prefix_ + ".archive"; }
    /// Operators' pauses.
    [[nodiscard]] std::string control() const { return prefix_ + ".control"; }

  private:
    std::string prefix_;
};

/// How topics are made. The defaults suit a cluster of three brokers.
struct TopicPlan {
    int partitions = 12;  ///< of all topics but control, which has one
    int replication = 3;
    int min_in_sync = 2;
    std::chrono::milliseconds events_retention = std::chrono::days{7};  ///< events, backfill and retry topics
    std::chrono::milliseconds dead_letter_retention = std::chrono::days{90};
    std::chrono::milliseconds receipts_retention = std::chrono::days{30};
    ByteCount max_message{1ULL << 20};  ///< of an event; retry and dead-letter records may be 64 KiB larger (headers)
};

/// What retry and dead-letter topics allow beyond `max_message`, for the headers that travel with the value.
inline constexpr ByteCount kHeaderAllowance{64ULL << 10};

/// One topic as it should be. `settings` are Kafka's names with values in Kafka's form (numbers in ms and bytes).
struct TopicSpec {
    std::string name;
    int partitions = 1;
    int replication = 1;
    std::map<std::string, std::string> settings{};
};

/// All topics, in the order of TopicNames, retry tiers by delay as given.
std::vector<TopicSpec> topic_specs(const TopicNames& names, const std::vector<std::chrono::milliseconds>& retry_tiers,
                                   const TopicPlan& plan);

}  // namespace strongroom::records
