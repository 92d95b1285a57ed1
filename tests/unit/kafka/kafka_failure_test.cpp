#include "shared/kafka/kafka_failure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/kafka/handles.hpp"

namespace strongroom::kafka {
namespace {

TEST(KafkaFailure, TellsWhatToDoPerCode) {
    const struct {
        rd_kafka_resp_err_t code;
        FailureKind kind;
        Cause cause;
        bool record_refusal;
    } cases[] = {
        {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, FailureKind::kPermanent, Cause::kTooLarge, true},
        {RD_KAFKA_RESP_ERR_INVALID_RECORD, FailureKind::kPermanent, Cause::kCorrupt, true},
        {RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS, FailureKind::kPermanent, Cause::kConflict, false},
        {RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, FailureKind::kOutage, Cause::kNotFound, false},
        {RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, FailureKind::kOutage, Cause::kNotFound, false},
        {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, FailureKind::kOutage, Cause::kForbidden, false},
        {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, FailureKind::kOutage, Cause::kForbidden, false},
        {RD_KAFKA_RESP_ERR__AUTHENTICATION, FailureKind::kOutage, Cause::kUnauthorized, false},
        {RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, FailureKind::kTransient, Cause::kTimeout, false},
        {RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, FailureKind::kTransient, Cause::kConflict, false},
        {RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, FailureKind::kTransient, Cause::kConnect, false},
        {RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, FailureKind::kTransient, Cause::kOther, false},
    };
    for (const auto& c : cases) {
        const auto failure = make_failure(c.code, "try");
        EXPECT_EQ(failure.kind, c.kind) << rd_kafka_err2name(c.code);
        EXPECT_EQ(failure.cause, c.cause) << rd_kafka_err2name(c.code);
        EXPECT_EQ(failure.dependency, Dependency::kKafka);
        EXPECT_EQ(is_record_refusal(c.code), c.record_refusal) << rd_kafka_err2name(c.code);
    }
}

TEST(KafkaFailure, SaysWhatWasTriedWhatHappenedAndTheRemedy) {
    EXPECT_THAT(make_failure(RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, "produce to a.receipts").message,
                testing::AllOf(testing::StartsWith("produce to a.receipts: "), testing::HasSubstr("topics apply")));
    EXPECT_EQ(make_failure(RD_KAFKA_RESP_ERR__TRANSPORT, "consume", "connection refused").message,
              "consume: connection refused");
}

TEST(KafkaFailure, KnowsFencing) {
    EXPECT_TRUE(is_fencing(RD_KAFKA_RESP_ERR__FENCED));
    EXPECT_TRUE(is_fencing(RD_KAFKA_RESP_ERR_PRODUCER_FENCED));
    EXPECT_FALSE(is_fencing(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION));
}

}  // namespace
}  // namespace strongroom::kafka
