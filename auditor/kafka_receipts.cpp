#include "auditor/kafka_receipts.hpp"

#include <array>
#include <utility>

#include "shared/kafka/admin.hpp"

namespace strongroom::auditor {
namespace {

Failure kafka_failure(FailureKind kind, std::string message) {
    return {.kind = kind, .dependency = Dependency::kKafka, .message = std::move(message)};
}

Result<int> count_partitions(kafka::Admin& admin, const std::string& topic) {
    const auto found = admin.describe_topics(std::array{topic});
    if (!found) return found.error();
    if (found->empty() || !found->front()) {
        return kafka_failure(
            FailureKind::kOutage,
            "there is no topic " + topic + "; check kafka.topic_prefix or --topic, and the right to read it");
    }
    return found->front()->partitions;
}

}  // namespace

Result<std::unique_ptr<KafkaReceipts>> KafkaReceipts::open(const boost::asio::any_io_executor& executor,
                                                           const kafka::ClientConfig& config, const std::string& topic,
                                                           std::chrono::milliseconds limit) {
    auto admin = kafka::Admin::create(config, limit);
    if (!admin) return admin.error();
    const auto count = count_partitions(**admin, topic);
    if (!count) return count.error();
    std::vector<Part> parts;
    for (std::int32_t partition = 0; partition < *count; ++partition) {
        const kafka::TopicPartition at{topic, partition};
        const auto marks = (*admin)->watermarks(at);
        if (!marks) return marks.error();
        if (marks->first < marks->second) parts.push_back({at, marks->second});
    }
    std::unique_ptr<KafkaReceipts> receipts{new KafkaReceipts{executor}};
    if (auto started = receipts->start(executor, config, std::move(parts)); !started) return started.error();
    return receipts;
}

Result<> KafkaReceipts::start(const boost::asio::any_io_executor& executor, const kafka::ClientConfig& config,
                              std::vector<Part> parts) {
    open_ = std::move(parts);
    const kafka::ConsumerOptions options{
        .group = config.group + ".auditor", .client_id = "strongroom-auditor", .report_end = true};
    auto consumer = kafka::Consumer::create(executor, config, options, [this] { arrived_.notify(); });
    if (!consumer) return consumer.error();
    consumer_ = std::move(*consumer);
    std::vector<kafka::CommitPosition> starts;
    for (const Part& part : open_) starts.push_back({.at = part.at, .offset = kafka::kNoOffset});
    return consumer_->assign(starts);
}

Task<Result<std::optional<kafka::Record>>> KafkaReceipts::next() {
    for (;;) {
        if (auto fine = take_events(); !fine) co_return fine.error();
        if (auto record = take()) co_return std::move(record);
        if (open_.empty()) co_return std::nullopt;
        if (!co_await arrived_.wait_for(kSilence)) {
            co_return kafka_failure(FailureKind::kTransient,
                                    "no receipt has come from Kafka for a minute" +
                                        (last_problem_.empty() ? std::string{} : "; last: " + last_problem_));
        }
    }
}

Result<> KafkaReceipts::take_events() {
    while (const auto event = consumer_->poll_event()) {
        const auto* failed = std::get_if<kafka::ConsumerFailed>(&*event);
        if (failed == nullptr) continue;
        if (failed->fatal) return failed->failure;
        last_problem_ = failed->failure.message;
    }
    return {};
}

std::optional<kafka::Record> KafkaReceipts::take() {
    for (auto part = open_.begin(); part != open_.end();) {
        auto record = consumer_->poll_record(part->at);
        const bool within = record && record->offset < part->end;
        // The last offsets may be transaction markers, which are never delivered: then only the end itself tells.
        const bool ended = record ? record->offset + 1 >= part->end : consumer_->at_end(part->at);
        part = ended ? open_.erase(part) : part + 1;
        if (within) return record;
    }
    return std::nullopt;
}

}  // namespace strongroom::auditor
