#include "shared/kafka/partition_list.hpp"

#include <cstdlib>
#include <cstring>

namespace strongroom::kafka {

PartitionListHandle make_list(std::span<const TopicPartition> partitions) {
    PartitionListHandle list{rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size()))};
    for (const auto& at : partitions) rd_kafka_topic_partition_list_add(list.get(), at.topic.c_str(), at.partition);
    return list;
}

PartitionListHandle make_list(std::span<const CommitPosition> positions) {
    PartitionListHandle list{rd_kafka_topic_partition_list_new(static_cast<int>(positions.size()))};
    for (const auto& position : positions) {
        auto* entry = rd_kafka_topic_partition_list_add(list.get(), position.at.topic.c_str(), position.at.partition);
        entry->offset = position.offset;
        if (position.metadata.empty()) continue;
        // librdkafka frees it with the list, by free().
        entry->metadata = std::malloc(position.metadata.size());
        if (entry->metadata == nullptr) throw std::bad_alloc{};
        std::memcpy(entry->metadata, position.metadata.data(), position.metadata.size());
        entry->metadata_size = position.metadata.size();
    }
    return list;
}

std::vector<TopicPartition> partitions_of(const rd_kafka_topic_partition_list_t* list) {
    std::vector<TopicPartition> partitions;
    for (int i = 0; list != nullptr && i < list->cnt; ++i)
        partitions.push_back({list->elems[i].topic, list->elems[i].partition});
    return partitions;
}

std::string describe(std::span<const TopicPartition> partitions) {
    std::string text;
    for (const auto& at : partitions) {
        if (!text.empty()) text.append(", ");
        text.append(at.topic).append("/").append(std::to_string(at.partition));
    }
    return text;
}

}  // namespace strongroom::kafka
