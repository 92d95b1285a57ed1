#include "shared/kafka/consumer.hpp"

#include <map>

#include "kafka/mock_cluster.hpp"
#include "shared/kafka/producer.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::kafka {
namespace {

using test::MockCluster;
using test::run_until;

void produce(const MockCluster& cluster, std::vector<OutboundRecord> records) {
    auto producer = *Producer::create(cluster.config());
    int acknowledged = 0;
    for (const auto& record : records)
        ASSERT_TRUE(producer->produce(record, [&](const Result<Acknowledged>& ack) { acknowledged += ack ? 1 : 0; }));
    ASSERT_TRUE(producer->flush(std::chrono::seconds{10}));
    ASSERT_EQ(acknowledged, static_cast<int>(records.size()));
}

/// A member that takes what it is given from the start, and keeps what it reads.
struct Member {
    Member(boost::asio::io_context& context, const MockCluster& cluster, std::vector<std::string> topics)
        : consumer{*Consumer::create(context.get_executor(), cluster.config(), {.group = "g", .client_id = "m"},
                                     [this] { poll(); })} {
        EXPECT_TRUE(consumer->subscribe(topics));
    }

    void poll() {
        while (auto event = consumer->poll_event()) on(*event);
        for (const auto& [at, position] : held)
            while (auto record = consumer->poll_record(at)) records.push_back(std::move(*record));
    }

    void on(const GroupEvent& event) {
        if (const auto* assigned = std::get_if<Assigned>(&event)) {
            std::vector<CommitPosition> starts;
            for (const auto& at : assigned->partitions) starts.push_back({at, kNoOffset});
            for (const auto& start : starts) held[start.at] = start.offset;
            consumer->complete_assign(starts);
        }
    }

    std::map<TopicPartition, std::int64_t> held;
    std::vector<Record> records;
    std::shared_ptr<Consumer> consumer;
};

TEST(Consumer, ReadsKeysValuesHeadersAndTombstonesAsProduced) {
    MockCluster cluster;
    cluster.create_topic("t");
    produce(cluster, {{.topic = "t", .key = "k", .value = std::string{"\0v", 2}, .headers = {{"h", "1"}, {"h", ""}}},
                      {.topic = "t", .key = "", .value = std::nullopt},
                      {.topic = "t", .key = std::nullopt, .value = ""}});
    boost::asio::io_context context;
    Member member{context, cluster, {"t"}};
    ASSERT_TRUE(run_until(context, [&] { return member.records.size() == 3; }));
    const auto& first = member.records[0];
    EXPECT_EQ(first.at, (TopicPartition{"t", 0}));
    EXPECT_EQ(first.key, "k");
    EXPECT_EQ(first.value, (std::string{"\0v", 2}));
    EXPECT_EQ(first.headers, (std::vector<std::pair<std::string, std::string>>{{"h", "1"}, {"h", ""}}));
    EXPECT_GT(first.timestamp_ms, 0);
    EXPECT_EQ(member.records[1].key, "");
    EXPECT_EQ(member.records[1].value, std::nullopt);
    EXPECT_EQ(member.records[2].key, std::nullopt);
    EXPECT_EQ(member.records[2].value, "");
    EXPECT_TRUE(member.consumer->joined());
    strongroom::test::run_task(context, member.consumer->close(std::chrono::seconds{5}));
}

TEST(Consumer, APartitionLeftAloneKeepsItsRecordsAndHoldsUpNobody) {
    MockCluster cluster;
    cluster.create_topic("t", 2);
    produce(cluster, {{.topic = "t", .partition = 0, .value = "a"}, {.topic = "t", .partition = 1, .value = "b"}});
    boost::asio::io_context context;
    Member member{context, cluster, {"t"}};
    ASSERT_TRUE(run_until(context, [&] { return member.records.size() == 2; }));
    member.held.erase({"t", 0});
    produce(cluster, {{.topic = "t", .partition = 0, .value = "c"}, {.topic = "t", .partition = 1, .value = "d"}});
    ASSERT_TRUE(run_until(context, [&] { return member.records.size() == 3; }));
    EXPECT_EQ(member.records.back().value, "d");
    std::optional<Record> waiting;
    ASSERT_TRUE(run_until(context, [&] { return (waiting = member.consumer->poll_record({"t", 0})).has_value(); }));
    EXPECT_EQ(waiting->value, "c");
}

TEST(Consumer, ReadsWithoutAGroupFromGivenPositions) {
    MockCluster cluster;
    cluster.create_topic("t");
    produce(cluster, {{.topic = "t", .value = "a"}, {.topic = "t", .value = "b"}});
    boost::asio::io_context context;
    auto consumer = *Consumer::create(context.get_executor(), cluster.config(), {.group = "audit"}, [] {});
    const std::vector<CommitPosition> start{{{"t", 0}, 1}};
    ASSERT_TRUE(consumer->assign(start));
    std::optional<Record> record;
    ASSERT_TRUE(run_until(context, [&] { return (record = consumer->poll_record({"t", 0})).has_value(); }));
    EXPECT_EQ(record->value, "b");
    EXPECT_EQ(consumer->watermarks({"t", 0}, std::chrono::seconds{5})->second, 2);
}

}  // namespace
}  // namespace strongroom::kafka
