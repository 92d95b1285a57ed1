#include "shared/kafka/transactional_producer.hpp"

#include <gmock/gmock.h>

#include "kafka/mock_cluster.hpp"
#include "shared/kafka/consumer.hpp"
#include "shared/kafka/producer.hpp"

namespace strongroom::kafka {
namespace {

using test::MockCluster;

constexpr std::int16_t kProduce = 0;
constexpr std::int16_t kAddPartitionsToTxn = 24;
constexpr std::int16_t kEndTxn = 26;

std::unique_ptr<TransactionalProducer> make_producer(const MockCluster& cluster, ClientConfig config = {}) {
    config.brokers = cluster.config().brokers;
    auto producer = *TransactionalProducer::create(
        config, {.transactional_id = "g-0-0", .call_timeout = std::chrono::milliseconds{3'000}});
    EXPECT_TRUE(producer->init());
    return producer;
}

std::vector<OutboundRecord> two_records() {
    return {{.topic = "t", .value = "a"}, {.topic = "t", .value = "b"}};
}

TEST(TransactionalProducer, CommitsOneTransactionAfterTheOther) {
    MockCluster cluster;
    cluster.create_topic("t");
    const auto producer = make_producer(cluster);
    EXPECT_EQ(producer->transact(two_records(), {}).end, TransactionEnd::kCommitted);
    EXPECT_EQ(producer->transact(two_records(), {}).end, TransactionEnd::kCommitted);
}

TEST(TransactionalProducer, NamesTheRecordThatIsTooLargeAndGoesOn) {
    MockCluster cluster;
    cluster.create_topic("t");
    const auto producer = make_producer(cluster, {.properties = {{"message.max.bytes", "2000"}}});
    auto records = two_records();
    records.push_back({.topic = "t", .value = std::string(5'000, 'x')});
    const auto refused = producer->transact(records, {});
    EXPECT_EQ(refused.end, TransactionEnd::kRecordRefused);
    EXPECT_EQ(refused.refused, std::vector<std::size_t>{2});
    EXPECT_EQ(refused.failure.cause, Cause::kTooLarge);
    EXPECT_EQ(producer->transact(two_records(), {}).end, TransactionEnd::kCommitted);
}

TEST(TransactionalProducer, ReportsRecordsThatTheBrokerRefuses) {
    MockCluster cluster;
    cluster.create_topic("t");
    const auto producer = make_producer(cluster);
    cluster.fail_next(kProduce, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
    const auto refused = producer->transact(two_records(), {});
    EXPECT_EQ(refused.end, TransactionEnd::kRecordRefused);
    EXPECT_FALSE(refused.refused.empty());
    // The gap in the sequence numbers costs a further abort, which raises the epoch.
    auto again = producer->transact(two_records(), {});
    if (again.end == TransactionEnd::kAborted) again = producer->transact(two_records(), {});
    EXPECT_EQ(again.end, TransactionEnd::kCommitted) << again.failure.message;
}

TEST(TransactionalProducer, ARefusedAuthorisationIsAnOutage) {
    MockCluster cluster;
    cluster.create_topic("t");
    const auto producer = make_producer(cluster);
    cluster.fail_next(kAddPartitionsToTxn, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
    const auto outcome = producer->transact(two_records(), {});
    EXPECT_EQ(outcome.end, TransactionEnd::kOutage) << outcome.failure.message;
}

TEST(TransactionalProducer, BeingFencedBeforeTheCommitIsNotInDoubt) {
    MockCluster cluster;
    cluster.create_topic("t");
    const auto producer = make_producer(cluster);
    cluster.fail_next(kAddPartitionsToTxn, RD_KAFKA_RESP_ERR_PRODUCER_FENCED);
    const auto outcome = producer->transact(two_records(), {});
    EXPECT_EQ(outcome.end, TransactionEnd::kRecreate) << outcome.failure.message;
    EXPECT_TRUE(outcome.fenced);
    EXPECT_EQ(make_producer(cluster)->transact(two_records(), {}).end, TransactionEnd::kCommitted);
}

TEST(TransactionalProducer, BeingFencedAtTheCommitIsInDoubt) {
    MockCluster cluster;
    cluster.create_topic("t");
    const auto producer = make_producer(cluster);
    cluster.fail_next(kEndTxn, RD_KAFKA_RESP_ERR_PRODUCER_FENCED);
    const auto outcome = producer->transact(two_records(), {});
    EXPECT_EQ(outcome.end, TransactionEnd::kInDoubt) << outcome.failure.message;
    EXPECT_TRUE(outcome.fenced);
}

}  // namespace
}  // namespace strongroom::kafka
