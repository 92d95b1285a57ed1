#include "producer/topics/topic_cluster.hpp"

#include <utility>

#include "shared/kafka/admin.hpp"

namespace strongroom::topics {

Result<std::vector<std::optional<ActualTopic>>> KafkaTopicCluster::describe(const std::vector<std::string>& names) {
    const auto described = admin_.describe_topics(names);
    if (!described) return described.error();
    std::vector<std::optional<ActualTopic>> topics;
    for (const auto& topic : *described) {
        topics.emplace_back();
        if (!topic) continue;
        auto settings = admin_.describe_settings(topic->name);
        if (!settings) return settings.error();
        topics.back() = ActualTopic{topic->partitions, topic->replication, *std::move(settings)};
    }
    return topics;
}

Result<std::vector<Result<>>> KafkaTopicCluster::create(const std::vector<records::TopicSpec>& topics) {
    std::vector<kafka::NewTopic> wanted;
    for (const records::TopicSpec& topic : topics) {
        wanted.push_back({topic.name, topic.partitions, topic.replication, topic.settings});
    }
    return admin_.create_topics(wanted);
}

}  // namespace strongroom::topics
