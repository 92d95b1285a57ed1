#include "shared/records/topics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom::records {
namespace {

using std::chrono_literals::operator""s;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""h;

TEST(Topics, AreNamedFromOnePrefix) {
    std::vector<std::string> names;
    for (const TopicSpec& spec : topic_specs(TopicNames{"sr"}, {30s, 5min, 1h}, {})) names.push_back(spec.name);
    EXPECT_THAT(names, testing::ElementsAre("sr.events", "sr.backfill", "sr.retry.30s", "sr.retry.5m", "sr.retry.1h",
                                            "sr.dead-letter", "sr.receipts", "sr.archive", "sr.control"));
}

TEST(Topics, LeaveRoomForHeadersAndCompactTheIndex) {
    const auto specs = topic_specs(TopicNames{"sr"}, {30s}, {});
    EXPECT_EQ(specs[0].settings.at("max.message.bytes"), "1048576");
    EXPECT_EQ(specs[2].settings.at("max.message.bytes"), "1114112");
    EXPECT_EQ(specs[3].settings.at("max.message.bytes"), "1114112");
    EXPECT_EQ(specs[4].settings.at("retention.ms"), "2592000000");
    EXPECT_EQ(specs[5].settings.at("cleanup.policy"), "compact");
    EXPECT_EQ(specs[5].partitions, 12);
    EXPECT_EQ(specs[6].partitions, 1);
    EXPECT_EQ(specs[6].settings.at("min.insync.replicas"), "2");
}

}  // namespace
}  // namespace strongroom::records
