#pragma once

#include <span>
#include <string>
#include <vector>

#include "shared/kafka/handles.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::kafka {

/// Between our values and librdkafka's lists, both ways. Inside this folder only.
PartitionListHandle make_list(std::span<const TopicPartition> partitions);
PartitionListHandle make_list(std::span<const CommitPosition> positions);
std::vector<TopicPartition> partitions_of(const rd_kafka_topic_partition_list_t* list);

/// `topic/partition, topic/partition …`, for messages.
std::string describe(std::span<const TopicPartition> partitions);

}  // namespace strongroom::kafka
