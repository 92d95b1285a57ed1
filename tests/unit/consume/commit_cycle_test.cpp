#include "worker/consume/commit_cycle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom::consume {
namespace {

using namespace std::chrono_literals;
using kafka::TransactionEnd;
using kafka::TransactionOutcome;
using testing::HasSubstr;

class Cycle : public testing::Test {
  protected:
    template <class A>
    bool next_is() {
        return std::holds_alternative<A>(cycle_.next(now_));
    }
    std::size_t limit() { return std::get<CommitCycle::Transact>(cycle_.next(now_)).limit; }
    void wait() {
        if (const auto action = cycle_.next(now_); std::holds_alternative<CommitCycle::Wait>(action))
            now_ = std::get<CommitCycle::Wait>(action).until;
    }
    void make_producer() {
        wait();
        ASSERT_TRUE(next_is<CommitCycle::MakeProducer>());
        cycle_.on_producer({}, now_);
    }
    void report(TransactionEnd end, std::size_t size = 10, bool fenced = false, std::chrono::milliseconds took = 20ms,
                FailureKind kind = FailureKind::kTransient) {
        const TransactionOutcome outcome{.end = end, .fenced = fenced, .failure = {.kind = kind, .message = "why"}};
        cycle_.on_transaction(outcome, size, false, took, now_);
    }

    SteadyTime now_{std::chrono::hours{1}};
    CommitCycle cycle_{CommitConfig{}, 12s, "g-pod-0"};
};

TEST_F(Cycle, MakesAProducerThenCommitsEveryInterval) {
    make_producer();
    ASSERT_TRUE(next_is<CommitCycle::Transact>());
    report(TransactionEnd::kCommitted);
    const auto start = now_;
    wait();
    EXPECT_EQ(now_ - start, 200ms);
    EXPECT_TRUE(next_is<CommitCycle::Transact>());
    cycle_.on_nothing(now_);
    EXPECT_TRUE(next_is<CommitCycle::Wait>());
}

TEST_F(Cycle, CommitsAtOnceWhenAskedToAndWhenTheBatchWasCut) {
    make_producer();
    report(TransactionEnd::kCommitted);
    cycle_.request(now_);
    ASSERT_TRUE(next_is<CommitCycle::Transact>());
    report(TransactionEnd::kCommitted, CommitConfig{}.max_outcomes);
    EXPECT_TRUE(next_is<CommitCycle::Transact>());
}

TEST_F(Cycle, TriesAgainAfterAnAbortWithGrowingPausesAndTheSameProducer) {
    make_producer();
    std::chrono::nanoseconds last{0};
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(next_is<CommitCycle::Transact>());
        report(TransactionEnd::kAborted);
        const auto start = now_;
        wait();
        EXPECT_GT(now_ - start, last);
        last = now_ - start;
    }
    EXPECT_EQ(cycle_.outage(), "why");
    report(TransactionEnd::kCommitted);
    EXPECT_EQ(cycle_.outage(), "");
}

TEST_F(Cycle, ASingleAbortIsNoOutage) {
    make_producer();
    report(TransactionEnd::kAborted);
    EXPECT_EQ(cycle_.outage(), "");
}

TEST_F(Cycle, SaysAtOnceThatTheClusterRefusesUs) {
    make_producer();
    report(TransactionEnd::kOutage, 10, false, 20ms, FailureKind::kOutage);
    EXPECT_EQ(cycle_.outage(), "why");
    EXPECT_TRUE(next_is<CommitCycle::Wait>());
}

TEST_F(Cycle, MakesANewProducerWhenTheOldOneIsFinished) {
    make_producer();
    report(TransactionEnd::kRecreate);
    make_producer();
    EXPECT_TRUE(next_is<CommitCycle::Transact>());
}

TEST_F(Cycle, ReadsTheOffsetsAfterACommitInDoubtBeforeItCommitsAnythingElse) {
    make_producer();
    report(TransactionEnd::kInDoubt);
    make_producer();
    ASSERT_TRUE(next_is<CommitCycle::ResolveDoubt>());
    cycle_.on_doubt_left({.message = "no answer"}, now_);
    wait();
    ASSERT_TRUE(next_is<CommitCycle::ResolveDoubt>());
    cycle_.on_doubt_resolved(now_);
    EXPECT_TRUE(next_is<CommitCycle::Transact>());
}

TEST_F(Cycle, StaysInDoubtWhenTheNewProducerIsLostToo) {
    make_producer();
    report(TransactionEnd::kInDoubt);
    wait();
    cycle_.on_producer(Failure{.message = "broker down"}, now_);
    EXPECT_EQ(cycle_.outage(), "broker down");
    make_producer();
    EXPECT_TRUE(next_is<CommitCycle::ResolveDoubt>());
}

/// What the driver and the broker do: a batch with the bad one in it is refused.
TEST_F(Cycle, FindsTheRefusedRecordByHalvingAndReducesOnlyThatOne) {
    make_producer();
    constexpr std::size_t kTotal = 1'000;
    constexpr std::size_t kBad = 617;
    std::size_t committed = 0;
    bool reduced = false;
    int transactions = 0;
    while (committed < kTotal) {
        ASSERT_LT(++transactions, 60);
        wait();
        if (next_is<CommitCycle::Reduce>()) {
            ASSERT_EQ(committed, kBad);
            cycle_.on_reduced(now_);
            reduced = true;
            continue;
        }
        const auto size = std::min(limit(), kTotal - committed);
        const bool refused = !reduced && committed <= kBad && kBad < committed + size;
        report(refused ? TransactionEnd::kRecordRefused : TransactionEnd::kCommitted, size);
        if (!refused) committed += size;
    }
    EXPECT_TRUE(reduced);
}

TEST_F(Cycle, ReducesAtOnceWhenTheBrokerNamesTheRecord) {
    make_producer();
    cycle_.on_transaction({.end = TransactionEnd::kRecordRefused}, 500, true, 5ms, now_);
    EXPECT_TRUE(next_is<CommitCycle::Reduce>());
    cycle_.on_irreducible({.message = "refused in every form"}, now_);
    EXPECT_TRUE(next_is<CommitCycle::Wait>());
    EXPECT_EQ(cycle_.outage(), "refused in every form");
}

TEST_F(Cycle, GivesUpWhenALivingPeerFencesItTwiceWithinAMinute) {
    make_producer();
    report(TransactionEnd::kRecreate, 10, true);
    make_producer();
    now_ += 30s;
    report(TransactionEnd::kInDoubt, 10, true);
    ASSERT_TRUE(next_is<CommitCycle::GiveUp>());
    EXPECT_THAT(std::get<CommitCycle::GiveUp>(cycle_.next(now_)).failure.message, HasSubstr("g-pod-0"));
}

TEST_F(Cycle, FencingByTimeoutOrOnceInAWhileIsNoReasonToGiveUp) {
    make_producer();
    for (int i = 0; i < 3; ++i) {
        report(TransactionEnd::kRecreate, 10, true, 13s);
        make_producer();
    }
    for (int i = 0; i < 3; ++i) {
        report(TransactionEnd::kRecreate, 10, true);
        make_producer();
        now_ += 61s;
    }
    EXPECT_TRUE(next_is<CommitCycle::Transact>());
}

TEST_F(Cycle, GivesUpOnSettingsThatLibrdkafkaDoesNotTake) {
    cycle_.on_producer(Failure{.kind = FailureKind::kPermanent, .message = "no such setting"}, now_);
    EXPECT_TRUE(next_is<CommitCycle::GiveUp>());
}

}  // namespace
}  // namespace strongroom::consume
