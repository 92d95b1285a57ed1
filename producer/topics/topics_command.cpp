#include "producer/topics/topics_command.hpp"

#include <iostream>

#include "producer/complaint.hpp"
#include "producer/topics/topic_audit.hpp"
#include "producer/topics/topic_cluster.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/kafka/admin.hpp"
#include "shared/records/topics.hpp"

namespace strongroom::topics {
int run_topics(const ProducerConfig& config, const TopicsOptions& options) {
    const auto admin = kafka::Admin::create(config.kafka);
    if (!admin) return complain(admin.error(), config.kafka);
    KafkaTopicCluster cluster{**admin};
    const auto wanted =
        records::topic_specs(records::TopicNames{config.kafka.topic_prefix}, config.retry_tiers, config.topics);
    const auto findings = options.is_apply ? apply_topics(cluster, wanted) : check_topics(cluster, wanted);
    if (!findings) return complain(findings.error(), config.kafka);
    std::cout << (options.is_json ? to_json(*findings) + "\n" : to_text(*findings)) << std::flush;
    return is_good(*findings) ? kDone : kFailed;
}

}  // namespace strongroom::topics
