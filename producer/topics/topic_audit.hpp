#pragma once

#include <string>
#include <vector>

#include "producer/topics/topic_cluster.hpp"
#include "producer/topics/topic_comparison.hpp"
#include "shared/base/result.hpp"
#include "shared/records/topics.hpp"

namespace strongroom::topics {

enum class TopicState { kGood, kCreated, kMissing, kDifferent, kFailed };

struct TopicFinding {
    std::string name;
    TopicState state = TopicState::kGood;
    std::vector<Difference> differences{};
    std::string reason{};  ///< of kFailed
};

/// Compares the cluster with what should be there; nothing is changed.
Result<std::vector<TopicFinding>> check_topics(TopicCluster& cluster, const std::vector<records::TopicSpec>& wanted);

/// The same, after creating what is missing. What exists is never altered: that is an operator's decision.
Result<std::vector<TopicFinding>> apply_topics(TopicCluster& cluster, const std::vector<records::TopicSpec>& wanted);

/// Whether every topic is as it should be.
bool is_good(const std::vector<TopicFinding>& findings);

/// One line per topic, and one per difference with what to do about it.
std::string to_text(const std::vector<TopicFinding>& findings);
/// An array of {topic, state, differences: [{setting, expected, actual}], reason}.
std::string to_json(const std::vector<TopicFinding>& findings);

}  // namespace strongroom::topics
