#pragma once

#include <optional>
#include <string>
#include <vector>

#include "producer/topics/topic_comparison.hpp"
#include "shared/base/result.hpp"
#include "shared/records/topics.hpp"

namespace strongroom::kafka {
class Admin;
}

namespace strongroom::topics {

/// The topics of a cluster. Blocks; one thread.
class TopicCluster {
  public:
    virtual ~TopicCluster() = default;
    /// One per name, in order; nothing for a topic that is not there.
    virtual Result<std::vector<std::optional<ActualTopic>>> describe(const std::vector<std::string>& names) = 0;
    /// One result per topic, in order. Cause::kConflict: it is there already.
    virtual Result<std::vector<Result<>>> create(const std::vector<records::TopicSpec>& topics) = 0;
};

class KafkaTopicCluster final : public TopicCluster {
  public:
    explicit KafkaTopicCluster(kafka::Admin& admin) : admin_{admin} {}
    Result<std::vector<std::optional<ActualTopic>>> describe(const std::vector<std::string>& names) override;
    Result<std::vector<Result<>>> create(const std::vector<records::TopicSpec>& topics) override;

  private:
    kafka::Admin& admin_;
};

}  // namespace strongroom::topics
