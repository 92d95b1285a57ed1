#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/consume_world.hpp"
#include "shared/records/record_headers.hpp"

namespace strongroom::consume::test {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

void expect_one_receipt_each(ConsumeWorld& world, std::size_t events) {
    EXPECT_EQ(world.receipts().size(), events);
    for (const auto& [id, values] : world.receipts()) EXPECT_EQ(values.size(), 1U) << id;
}

std::vector<kafka::OutboundRecord> ok_events(const ConsumeWorld& world, int count, int keys, int first = 0) {
    std::vector<kafka::OutboundRecord> records;
    for (int i = first; i < first + count; ++i)
        records.push_back(
            world.event("key" + std::to_string(i % keys), "ok e" + std::to_string(i) + " " + std::to_string(i % 7)));
    return records;
}

TEST(Consuming, KeepsEveryKeysOrderRunsKeysAtOnceAndGivesOneReceiptEach) {
    ConsumeWorld world;
    world.produce(ok_events(world, 2'000, 50));
    auto& pod = world.start_pod("0");
    ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= 2'000; }));
    world.drain(pod);
    EXPECT_TRUE(*pod.ended);
    expect_one_receipt_each(world, 2'000);
    EXPECT_FALSE(pod.handler->overlapped);
    EXPECT_GT(pod.handler->most_at_once, 20U);
    EXPECT_EQ(pod.handler->handled, 2'000U);
    for (const auto& [key, offsets] : pod.handler->order) EXPECT_TRUE(std::ranges::is_sorted(offsets)) << key;
}

TEST(Consuming, ATransientFailurePassesThroughTheRetryTopicWithItsValueUntouched) {
    ConsumeWorld world;
    auto event = world.event("k", "transient e1 2");
    event.headers = {{"foreign", "kept"}};
    world.produce({event});
    world.start_pod("0");
    ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= 1; }));
    EXPECT_THAT(world.receipts().at("e1"), ElementsAre("archived"));
    const auto retried = world.read(world.names.retry(std::chrono::milliseconds{300}));
    ASSERT_EQ(retried.size(), 2U);
    for (const auto& record : retried) {
        EXPECT_EQ(record.value, "transient e1 2");
        EXPECT_EQ(record.key, "k");
        EXPECT_EQ(records::find_header(record.headers, "foreign"), "kept");
        EXPECT_EQ(records::find_header(record.headers, "sr-origin-topic"), world.names.events());
        EXPECT_EQ(records::find_header(record.headers, "sr-failure-kind"), "transient");
    }
    EXPECT_EQ(records::find_number(retried[0].headers, "sr-attempt"), 1);
    EXPECT_EQ(records::find_number(retried[1].headers, "sr-attempt"), 2);
    // Never early: the second passage began after the first one's time.
    EXPECT_GE(retried[1].timestamp_ms, *records::find_number(retried[0].headers, "sr-not-before"));
}

TEST(Consuming, PoisonEndsInTheDeadLetterTopicByteForByte) {
    ConsumeWorld world;
    auto event = world.event("k", std::string{"poison e1 \0\xff bytes", 17});
    event.headers = {{"foreign", std::string{"\0", 1}}};
    world.produce({event, world.event("k", "ok e2")});
    world.start_pod("0");
    ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= 2; }));
    EXPECT_THAT(world.receipts().at("e1"), ElementsAre("dead_lettered"));
    EXPECT_THAT(world.receipts().at("e2"), ElementsAre("archived"));
    const auto dead = world.read(world.names.dead_letter());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].key, event.key);
    EXPECT_EQ(dead[0].value, event.value);
    EXPECT_EQ(records::find_header(dead[0].headers, "foreign"), (std::string{"\0", 1}));
    EXPECT_EQ(records::find_header(dead[0].headers, "sr-failure-kind"), "poison");
    EXPECT_EQ(records::find_header(dead[0].headers, "sr-failure-stage"), "decode");
    EXPECT_EQ(records::find_number(dead[0].headers, "sr-origin-offset"), 0);
}

TEST(Consuming, AnOutageIsWaitedForAndNeverADeadLetter) {
    ConsumeWorld world;
    world.produce({world.event("a", "outage e1"), world.event("b", "ok e2")});
    auto& pod = world.start_pod("0");
    pod.handler->outage = true;
    ASSERT_TRUE(world.run_until([&] { return pod.handler->handled >= 5 && world.count_receipts() >= 1; }));
    EXPECT_FALSE(world.receipts().contains("e1"));
    pod.handler->outage = false;
    ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= 2; }));
    expect_one_receipt_each(world, 2);
    EXPECT_TRUE(world.read(world.names.dead_letter()).empty());
}

TEST(Consuming, OneReceiptThatTheBrokerRefusesStopsNobody) {
    ConsumeWorld world{{{"max.message.bytes", "2000"}}};
    auto events = ok_events(world, 200, 20);
    events.insert(events.begin() + 100, world.event("key1", "large big 5000"));
    world.produce(events);
    auto& pod = world.start_pod("0");
    ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= 201; }));
    world.drain(pod);
    expect_one_receipt_each(world, 201);
    EXPECT_THAT(world.receipts().at("big"), ElementsAre("dead_lettered"));
    const auto dead = world.read(world.names.dead_letter());
    ASSERT_EQ(dead.size(), 1U);
    EXPECT_EQ(dead[0].value, "large big 5000");
    EXPECT_EQ(records::find_header(dead[0].headers, "sr-failure-dependency"), "kafka");
}

TEST(Consuming, AMissingReceiptsTopicIsAnOutageThatEndsWhenItIsThere) {
    ConsumeWorld world{{}, false};
    world.produce(ok_events(world, 10, 3));
    auto& pod = world.start_pod("0");
    ASSERT_TRUE(world.run_until([&] { return !pod.shard->status().outage.empty(); }));
    EXPECT_THAT(pod.shard->status().outage, testing::HasSubstr(world.names.receipts()));
    world.create_receipts({});
    ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= 10; }));
    EXPECT_TRUE(world.run_until([&] { return pod.shard->status().outage.empty(); }));
    expect_one_receipt_each(world, 10);
    EXPECT_EQ(pod.handler->handled, 10U);
}

TEST(Consuming, APodThatJoinsAndOneThatLeavesDuplicateAndLoseNothing) {
    ConsumeWorld world;
    world.produce(ok_events(world, 3'000, 200));
    auto& first = world.start_pod("0");
    ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= 200; }));
    auto& second = world.start_pod("1");
    int produced = 3'000;
    ASSERT_TRUE(world.run_until([&] {
        world.produce(ok_events(world, 200, 200, produced));
        produced += 200;
        return second.handler->handled > 500;
    }));
    world.drain(first);
    EXPECT_TRUE(*first.ended);
    world.produce(ok_events(world, 500, 200, produced));
    produced += 500;
    ASSERT_TRUE(world.run_until([&] { return world.count_receipts() >= static_cast<std::size_t>(produced); }));
    world.drain(second);
    expect_one_receipt_each(world, static_cast<std::size_t>(produced));
    EXPECT_FALSE(first.handler->overlapped || second.handler->overlapped);
}

TEST(Consuming, TwoLivingProcessesWithOneTransactionalIdEndOneOfThem) {
    ConsumeWorld world;
    auto& first = world.start_pod("same");
    ASSERT_TRUE(world.run_until([&] { return first.shard->status().lanes[0].partitions == 4; }));
    auto& second = world.start_pod("same");
    int produced = 0;
    ASSERT_TRUE(world.run_until([&] {
        world.produce(ok_events(world, 20, 20, produced));
        produced += 20;
        return first.ended || second.ended;
    }));
    const auto& ended = first.ended ? *first.ended : *second.ended;
    ASSERT_FALSE(ended);
    EXPECT_THAT(ended.error().message, testing::HasSubstr("same-0"));
}

}  // namespace
}  // namespace strongroom::consume::test
