#include "shared/kafka/kafka_failure.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "shared/kafka/handles.hpp"

namespace strongroom::kafka {
namespace {

struct Row {
    rd_kafka_resp_err_t code;
    FailureKind kind;
    Cause cause;
    std::string_view remedy;
};

constexpr std::string_view kCreateTopics = "create it with `strongroom-producer topics apply`";
constexpr std::string_view kTopicAcl = "grant this principal Read/Write/Describe on the topic";
constexpr std::string_view kLimits = "raise max.message.bytes of the topic";

/// What is not listed is transient.
constexpr Row kTable[] = {
    {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, FailureKind::kPermanent, Cause::kTooLarge, kLimits},
    {RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE, FailureKind::kPermanent, Cause::kTooLarge, kLimits},
    {RD_KAFKA_RESP_ERR_INVALID_RECORD, FailureKind::kPermanent, Cause::kCorrupt, {}},
    {RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, FailureKind::kPermanent, Cause::kCorrupt, {}},
    {RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT, FailureKind::kPermanent, Cause::kUnsupported, {}},
    {RD_KAFKA_RESP_ERR__INVALID_ARG, FailureKind::kPermanent, Cause::kUnsupported, {}},
    {RD_KAFKA_RESP_ERR_INVALID_REQUEST, FailureKind::kPermanent, Cause::kUnsupported, {}},
    {RD_KAFKA_RESP_ERR_INVALID_CONFIG, FailureKind::kPermanent, Cause::kUnsupported, {}},
    {RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR, FailureKind::kPermanent, Cause::kUnsupported, {}},
    {RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, FailureKind::kPermanent, Cause::kUnsupported, {}},
    {RD_KAFKA_RESP_ERR_POLICY_VIOLATION, FailureKind::kPermanent, Cause::kForbidden, {}},
    {RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS, FailureKind::kPermanent, Cause::kConflict, {}},
    {RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, FailureKind::kOutage, Cause::kNotFound, kCreateTopics},
    {RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, FailureKind::kOutage, Cause::kNotFound, kCreateTopics},
    {RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, FailureKind::kOutage, Cause::kNotFound, kCreateTopics},
    {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, FailureKind::kOutage, Cause::kForbidden, kTopicAcl},
    {RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, FailureKind::kOutage, Cause::kForbidden,
     "grant this principal Read on the group"},
    {RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED, FailureKind::kOutage, Cause::kForbidden,
     "grant this principal IdempotentWrite on the cluster"},
    {RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED, FailureKind::kOutage, Cause::kForbidden,
     "grant this principal Write and Describe on the transactional id"},
    {RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED, FailureKind::kOutage, Cause::kUnauthorized,
     "check the SASL settings in kafka.properties"},
    {RD_KAFKA_RESP_ERR__AUTHENTICATION, FailureKind::kOutage, Cause::kUnauthorized,
     "check the SASL settings in kafka.properties"},
    {RD_KAFKA_RESP_ERR__SSL, FailureKind::kOutage, Cause::kConnect, "check the ssl.* settings in kafka.properties"},
    {RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, FailureKind::kTransient, Cause::kConnect, "check kafka.brokers"},
    {RD_KAFKA_RESP_ERR__TRANSPORT, FailureKind::kTransient, Cause::kConnect, {}},
    {RD_KAFKA_RESP_ERR__RESOLVE, FailureKind::kTransient, Cause::kConnect, "check kafka.brokers"},
    {RD_KAFKA_RESP_ERR__TIMED_OUT, FailureKind::kTransient, Cause::kTimeout, {}},
    {RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, FailureKind::kTransient, Cause::kTimeout, {}},
    {RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, FailureKind::kTransient, Cause::kTimeout, {}},
    {RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, FailureKind::kTransient, Cause::kConflict, {}},
    {RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, FailureKind::kTransient, Cause::kConflict, {}},
    {RD_KAFKA_RESP_ERR__FENCED, FailureKind::kTransient, Cause::kConflict, {}},
    {RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE, FailureKind::kTransient, Cause::kTooLarge, {}},
};

const Row* find_row(int code) {
    const auto* row = std::ranges::find_if(kTable, [code](const Row& r) { return r.code == code; });
    return row == std::end(kTable) ? nullptr : row;
}

}  // namespace

Failure make_failure(int code, std::string_view what, std::string_view detail) {
    const Row* row = find_row(code);
    std::string message{what};
    message.append(": ").append(detail.empty() ? rd_kafka_err2str(static_cast<rd_kafka_resp_err_t>(code)) : detail);
    if (row != nullptr && !row->remedy.empty()) message.append("; ").append(row->remedy);
    return Failure{.kind = row != nullptr ? row->kind : FailureKind::kTransient,
                   .dependency = Dependency::kKafka,
                   .cause = row != nullptr ? row->cause : Cause::kOther,
                   .message = std::move(message)};
}

bool is_record_refusal(int code) {
    const Row* row = find_row(code);
    return row != nullptr && row->kind == FailureKind::kPermanent &&
           (row->cause == Cause::kTooLarge || row->cause == Cause::kCorrupt || row->cause == Cause::kUnsupported);
}

bool is_fencing(int code) {
    return code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
           code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH;
}

}  // namespace strongroom::kafka
