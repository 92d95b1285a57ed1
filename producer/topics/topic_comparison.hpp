#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/records/topics.hpp"

namespace strongroom::topics {

/// A topic as the cluster has it.
struct ActualTopic {
    int partitions = 0;
    int replication = 0;
    std::map<std::string, std::string> settings{};  ///< all in force, the broker's defaults included
};

struct Difference {
    std::string setting;  ///< `partitions`, `replication` or Kafka's name
    std::string expected;
    std::string actual;
    friend bool operator==(const Difference&, const Difference&) = default;
};

/// What is not as it should be. More partitions or replicas than asked for are good, but for a topic of one partition,
/// whose order is what it is for; so is a larger message limit.
std::vector<Difference> compare(const records::TopicSpec& wanted, const ActualTopic& actual);

}  // namespace strongroom::topics
