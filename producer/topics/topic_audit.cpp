#include "producer/topics/topic_audit.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace strongroom::topics {
namespace {

std::string_view to_string(TopicState state) {
    switch (state) {
        case TopicState::kGood:
            return "good";
        case TopicState::kCreated:
            return "created";
        case TopicState::kMissing:
            return "missing";
        case TopicState::kDifferent:
            return "different";
        case TopicState::kFailed:
            return "failed";
    }
    return "failed";
}

TopicFinding judge(const records::TopicSpec& wanted, const std::optional<ActualTopic>& actual) {
    if (!actual) return {.name = wanted.name, .state = TopicState::kMissing};
    TopicFinding finding{.name = wanted.name, .differences = compare(wanted, *actual)};
    if (!finding.differences.empty()) finding.state = TopicState::kDifferent;
    return finding;
}

std::vector<records::TopicSpec> missing_of(const std::vector<TopicFinding>& findings,
                                           const std::vector<records::TopicSpec>& wanted) {
    std::vector<records::TopicSpec> missing;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (findings[i].state == TopicState::kMissing) missing.push_back(wanted[i]);
    }
    return missing;
}

std::string advice(const Difference& difference) {
    if (difference.setting == "partitions" && difference.expected != "1") {
        return "kafka-topics --alter --partitions " + difference.expected;
    }
    if (difference.setting == "partitions") return "make the topic anew with one partition";
    if (difference.setting == "replication") return "kafka-reassign-partitions";
    return "kafka-configs --alter --entity-type topics --add-config " + difference.setting + "=" + difference.expected;
}

}  // namespace

Result<std::vector<TopicFinding>> check_topics(TopicCluster& cluster, const std::vector<records::TopicSpec>& wanted) {
    std::vector<std::string> names;
    for (const records::TopicSpec& topic : wanted) names.push_back(topic.name);
    const auto actual = cluster.describe(names);
    if (!actual) return actual.error();
    std::vector<TopicFinding> findings;
    for (std::size_t i = 0; i < wanted.size(); ++i) findings.push_back(judge(wanted[i], (*actual)[i]));
    return findings;
}

Result<std::vector<TopicFinding>> apply_topics(TopicCluster& cluster, const std::vector<records::TopicSpec>& wanted) {
    auto findings = check_topics(cluster, wanted);
    if (!findings) return findings;
    const auto missing = missing_of(*findings, wanted);
    if (missing.empty()) return findings;
    const auto created = cluster.create(missing);
    if (!created) return created.error();
    for (std::size_t i = 0; i < missing.size(); ++i) {
        auto finding = std::ranges::find(*findings, missing[i].name, &TopicFinding::name);
        const Result<>& end = (*created)[i];
        // Somebody else has just created it: as good as ours, and the next check compares it.
        const bool is_there = end || end.error().cause == Cause::kConflict;
        finding->state = is_there ? TopicState::kCreated : TopicState::kFailed;
        if (!is_there) finding->reason = end.error().message;
    }
    return findings;
}

bool is_good(const std::vector<TopicFinding>& findings) {
    return std::ranges::all_of(findings, [](const TopicFinding& finding) {
        return finding.state == TopicState::kGood || finding.state == TopicState::kCreated;
    });
}

std::string to_text(const std::vector<TopicFinding>& findings) {
    std::string text;
    for (const TopicFinding& finding : findings) {
        std::string state{to_string(finding.state)};
        state.resize(10, ' ');
        text.append(state).append(finding.name);
        if (finding.state == TopicState::kMissing) text.append(": create it with 'topics apply'");
        if (!finding.reason.empty()) text.append(": ").append(finding.reason);
        text.append("\n");
        for (const Difference& difference : finding.differences) {
            text.append("          ").append(difference.setting).append(" is ").append(difference.actual);
            text.append(", expected ").append(difference.expected).append(": ").append(advice(difference)).append("\n");
        }
    }
    return text;
}

std::string to_json(const std::vector<TopicFinding>& findings) {
    boost::json::array array;
    for (const TopicFinding& finding : findings) {
        boost::json::array differences;
        for (const Difference& difference : finding.differences) {
            differences.push_back(boost::json::object{
                {"setting", difference.setting}, {"expected", difference.expected}, {"actual", difference.actual}});
        }
        boost::json::object object{{"topic", finding.name}, {"state", to_string(finding.state)}};
        object["differences"] = std::move(differences);
        if (!finding.reason.empty()) object["reason"] = finding.reason;
        array.push_back(std::move(object));
    }
    return boost::json::serialize(array);
}

}  // namespace strongroom::topics
