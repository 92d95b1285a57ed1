#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace strongroom::kafka {

struct TopicPartition {
    std::string topic;
    std::int32_t partition = 0;
    friend auto operator<=>(const TopicPartition&, const TopicPartition&) = default;
};

struct TopicPartitionHash {
    std::size_t operator()(const TopicPartition& at) const noexcept {
        return std::hash<std::string>{}(at.topic) * 31U + static_cast<std::size_t>(at.partition);
    }
};

/// A consumed record; owns its bytes. `value` without a value is a tombstone.
struct Record {
    TopicPartition at;
    std::int64_t offset = 0;
    std::int64_t timestamp_ms = 0;
    std::optional<std::string> key{};
    std::optional<std::string> value{};
    std::vector<std::pair<std::string, std::string>> headers{};
};

/// A record to be produced. Without a partition the partitioner decides (murmur2_random, as Java's).
struct OutboundRecord {
    std::string topic;
    std::optional<std::int32_t> partition{};
    std::optional<std::string> key{};
    std::optional<std::string> value{};
    std::vector<std::pair<std::string, std::string>> headers{};
};

/// The next offset to consume of a partition, with the commit metadata (printable ASCII, below 3,900 bytes).
struct CommitPosition {
    TopicPartition at;
    std::int64_t offset = 0;
    std::string metadata{};
};

}  // namespace strongroom::kafka
