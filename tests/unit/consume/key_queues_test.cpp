#include "worker/consume/key_queues.hpp"

#include <gtest/gtest.h>

namespace strongroom::consume {
namespace {

InFlightPtr item(int partition, std::int64_t offset, std::optional<std::string> key) {
    auto made = std::make_shared<InFlight>();
    made->record = {.at = {"t", partition}, .offset = offset, .key = std::move(key)};
    return made;
}

TEST(KeyQueues, RunsOneRecordOfAKeyAtATimeInTheOrderOfArrival) {
    KeyQueues queues;
    const auto first = item(0, 1, "a");
    const auto second = item(0, 2, "a");
    const auto third = item(0, 3, "a");
    EXPECT_TRUE(queues.arrive(first));
    EXPECT_FALSE(queues.arrive(second));
    EXPECT_FALSE(queues.arrive(third));
    EXPECT_EQ(queues.waiting(), 2U);
    EXPECT_EQ(queues.depart(*first), second);
    EXPECT_EQ(queues.depart(*second), third);
    EXPECT_EQ(queues.depart(*third), nullptr);
    EXPECT_TRUE(queues.arrive(item(0, 4, "a")));
}

TEST(KeyQueues, DifferentKeysPartitionsAndRecordsWithoutKeyRunAtOnce) {
    KeyQueues queues;
    EXPECT_TRUE(queues.arrive(item(0, 1, "a")));
    EXPECT_TRUE(queues.arrive(item(0, 2, "b")));
    EXPECT_TRUE(queues.arrive(item(1, 1, "a")));
    EXPECT_TRUE(queues.arrive(item(0, 3, std::nullopt)));
    EXPECT_TRUE(queues.arrive(item(0, 4, std::nullopt)));
    EXPECT_TRUE(queues.arrive(item(0, 5, "")));
    EXPECT_FALSE(queues.arrive(item(0, 6, "")));
}

TEST(KeyQueues, ADroppedPartitionsWaitingRecordsNeverStart) {
    KeyQueues queues;
    const auto running = item(0, 1, "a");
    const auto waiting = item(0, 2, "a");
    const auto other = item(1, 1, "a");
    const auto behind_other = item(1, 2, "a");
    for (const auto& each : {running, waiting, other, behind_other}) queues.arrive(each);
    EXPECT_EQ(queues.drop({"t", 0}), std::vector{waiting});
    EXPECT_EQ(queues.depart(*running), nullptr);
    EXPECT_EQ(queues.depart(*other), behind_other);
}

TEST(KeyQueues, ARecordOfTheNextEpochWaitsForTheOneThatStillRuns) {
    KeyQueues queues;
    const auto old = item(0, 1, "a");
    queues.arrive(old);
    queues.drop({"t", 0});
    const auto again = item(0, 1, "a");
    EXPECT_FALSE(queues.arrive(again));
    EXPECT_EQ(queues.depart(*old), again);
}

TEST(KeyQueues, DropsEverythingThatWaits) {
    KeyQueues queues;
    for (int partition = 0; partition < 3; ++partition)
        for (int offset = 0; offset < 3; ++offset) queues.arrive(item(partition, offset, "a"));
    EXPECT_EQ(queues.drop_all().size(), 6U);
    EXPECT_EQ(queues.waiting(), 0U);
}

}  // namespace
}  // namespace strongroom::consume
