#include "worker/consume/outcome_batch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_support/fake_time.hpp"

namespace strongroom::consume {
namespace {

using testing::ElementsAre;

class Batches : public testing::Test {
  protected:
    void read(HeldPartition& partition, std::int64_t from, std::int64_t to) {
        for (auto offset = from; offset <= to; ++offset) partition.ledger.read(offset);
    }
    void settle(HeldPartition& partition, std::int64_t offset, std::size_t bytes = 10) {
        auto outcome = std::make_shared<Outcome>();
        outcome->item = std::make_shared<InFlight>();
        outcome->item->record.offset = offset;
        outcome->records.push_back({.topic = "r", .value = std::to_string(offset)});
        outcome->bytes = bytes;
        partition.ledger.settle(offset);
        partition.outcomes.emplace(offset, outcome);
    }
    HeldPartition& partition(int number, std::int64_t position = 0) {
        held_.add({"t", number}, position);
        return *held_.find({"t", number});
    }
    std::vector<std::string> values(OutcomeBatch& batch) {
        std::vector<std::string> all;
        for (const auto& record : batch.records(time_.wall_now())) all.push_back(*record.value);
        return all;
    }

    test::FakeTime time_;
    PartitionAssignment held_{time_};
};

TEST_F(Batches, CarryOnlyWhatIsBelowTheWatermark) {
    auto& p = partition(0);
    read(p, 0, 4);
    for (const auto offset : {0, 1, 3, 4}) settle(p, offset);
    OutcomeBatch batch{{}};
    batch.collect(LaneKind::kLive, held_);
    EXPECT_THAT(values(batch), ElementsAre("0", "1"));
    ASSERT_EQ(batch.positions(LaneKind::kLive).size(), 1U);
    EXPECT_EQ(batch.positions(LaneKind::kLive)[0].offset, 2);
    EXPECT_TRUE(batch.positions(LaneKind::kRetry).empty());
}

TEST_F(Batches, AreEmptyBehindAnUnsettledHead) {
    auto& p = partition(0);
    read(p, 0, 2);
    settle(p, 1);
    settle(p, 2);
    OutcomeBatch batch{{}};
    batch.collect(LaneKind::kLive, held_);
    EXPECT_TRUE(batch.empty());
    EXPECT_FALSE(has_committable(p));
}

TEST_F(Batches, CutByCountEndAtTheFirstOutcomeLeftOut) {
    auto& first = partition(0);
    auto& second = partition(1);
    read(first, 0, 3);
    read(second, 7, 8);
    for (const auto offset : {0, 1, 2, 3}) settle(first, offset);
    for (const auto offset : {7, 8}) settle(second, offset);
    OutcomeBatch batch{{.outcomes = 3}};
    batch.collect(LaneKind::kLive, held_);
    EXPECT_THAT(values(batch), ElementsAre("0", "1", "2"));
    ASSERT_EQ(batch.parts().size(), 1U);
    EXPECT_EQ(batch.parts()[0].position, 3);
}

TEST_F(Batches, CutByBytesTakeAtLeastOne) {
    auto& p = partition(0);
    read(p, 0, 1);
    settle(p, 0, 1'000);
    settle(p, 1, 1'000);
    OutcomeBatch batch{{.bytes = 10}};
    batch.collect(LaneKind::kLive, held_);
    EXPECT_EQ(batch.size(), 1U);
    EXPECT_EQ(batch.parts()[0].position, 1);
}

TEST_F(Batches, KnowWhoseRecordAnIndexIsAndStampRetriesWhenTheyAreProduced) {
    auto& p = partition(0);
    read(p, 0, 1);
    settle(p, 0);
    settle(p, 1);
    p.outcomes[0]->records.push_back({.topic = "r", .value = "second"});
    p.outcomes[1]->retry_delay = std::chrono::seconds{30};
    OutcomeBatch batch{{}};
    batch.collect(LaneKind::kLive, held_);
    time_.advance(std::chrono::seconds{5});
    const auto records = batch.records(time_.wall_now());
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(batch.owner_of(1), p.outcomes[0]);
    EXPECT_EQ(batch.owner_of(2), p.outcomes[1]);
    const auto due = (time_.wall_now() + std::chrono::seconds{30}).time_since_epoch().count();
    EXPECT_EQ(records[2].headers[0], (std::pair<std::string, std::string>{"sr-not-before", std::to_string(due)}));
}

TEST_F(Batches, EpochsGrowWithEveryAssignmentAndTellOldWorkApart) {
    partition(0);
    const auto first = held_.find({"t", 0})->epoch;
    EXPECT_TRUE(held_.remove({"t", 0}));
    partition(0);
    EXPECT_GT(held_.find({"t", 0})->epoch, first);
    EXPECT_EQ(held_.find({"t", 0}, first), nullptr);
}

}  // namespace
}  // namespace strongroom::consume
