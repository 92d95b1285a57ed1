#include "producer/topics/topic_audit.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom::topics {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FakeCluster final : public TopicCluster {
  public:
    Result<std::vector<std::optional<ActualTopic>>> describe(const std::vector<std::string>& names) override {
        std::vector<std::optional<ActualTopic>> described;
        for (const std::string& name : names) {
            const auto found = topics.find(name);
            described.push_back(found == topics.end() ? std::nullopt : std::optional{found->second});
        }
        return described;
    }
    Result<std::vector<Result<>>> create(const std::vector<records::TopicSpec>& wanted) override {
        std::vector<Result<>> results;
        for (const records::TopicSpec& topic : wanted) {
            results.push_back(create_result);
            if (create_result) topics[topic.name] = {topic.partitions, topic.replication, topic.settings};
        }
        return results;
    }

    std::map<std::string, ActualTopic> topics;
    Result<> create_result;
};

std::vector<records::TopicSpec> wanted() {
    return {{.name = "a",
             .partitions = 12,
             .replication = 3,
             .settings = {{"retention.ms", "1000"}, {"max.message.bytes", "100"}}},
            {.name = "control", .partitions = 1, .replication = 3}};
}

TEST(TopicAudit, AppliesWhatIsMissingAndThenFindsItGood) {
    FakeCluster cluster;
    EXPECT_EQ(to_text(check_topics(cluster, wanted()).value()),
              "missing   a: create it with 'topics apply'\nmissing   control: create it with 'topics apply'\n");
    EXPECT_THAT(cluster.topics, IsEmpty());
    const auto applied = apply_topics(cluster, wanted()).value();
    EXPECT_TRUE(is_good(applied));
    EXPECT_EQ(to_text(applied), "created   a\ncreated   control\n");
    EXPECT_EQ(to_text(apply_topics(cluster, wanted()).value()), "good      a\ngood      control\n");
}

TEST(TopicAudit, TellsDifferencesAndNeverAltersThem) {
    FakeCluster cluster;
    cluster.topics["a"] = {6, 1, {{"retention.ms", "5"}, {"max.message.bytes", "100"}}};
    cluster.topics["control"] = {2, 3, {}};
    const auto before = cluster.topics.size();
    const auto findings = apply_topics(cluster, wanted()).value();
    EXPECT_FALSE(is_good(findings));
    EXPECT_EQ(cluster.topics.size(), before);
    EXPECT_EQ(cluster.topics["a"].partitions, 6);
    EXPECT_EQ(to_text(findings),
              "different a\n"
              "          partitions is 6, expected 12: kafka-topics --alter --partitions 12\n"
              "          replication is 1, expected 3: kafka-reassign-partitions\n"
              "          retention.ms is 5, expected 1000: kafka-configs --alter --entity-type topics --add-config "
              "retention.ms=1000\n"
              "different control\n"
              "          partitions is 2, expected 1: make the topic anew with one partition\n");
    EXPECT_EQ(
        to_json({findings[1]}),
        R"([{"topic":"control","state":"different","differences":[{"setting":"partitions","expected":"1","actual":"2"}]}])");
}

TEST(TopicAudit, MoreRoomThanAskedForIsGood) {
    const ActualTopic roomy{24, 5, {{"retention.ms", "1000"}, {"max.message.bytes", "200"}}};
    EXPECT_THAT(compare(wanted()[0], roomy), IsEmpty());
    EXPECT_THAT(compare(wanted()[0], {24, 5, {{"retention.ms", "1000"}}}),
                ElementsAre(Difference{"max.message.bytes", "100", ""}));
}

TEST(TopicAudit, ARefusedCreationIsToldAndALostRaceIsNone) {
    FakeCluster cluster;
    cluster.create_result =
        Failure{.kind = FailureKind::kPermanent, .message = "replication factor 3 exceeds 1 broker"};
    const auto findings = apply_topics(cluster, wanted()).value();
    EXPECT_FALSE(is_good(findings));
    EXPECT_EQ(findings[0].reason, "replication factor 3 exceeds 1 broker");
    cluster.create_result = Failure{.cause = Cause::kConflict, .message = "exists"};
    EXPECT_TRUE(is_good(apply_topics(cluster, wanted()).value()));
}

}  // namespace
}  // namespace strongroom::topics
