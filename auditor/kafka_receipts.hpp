#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "auditor/receipt_targets.hpp"
#include "shared/kafka/consumer.hpp"
#include "shared/runtime/event.hpp"

namespace strongroom::auditor {

/// The receipts topic from its first record to what was its end when `open` was called, all partitions. Belongs to no
/// group and commits nothing, so it disturbs nobody.
class KafkaReceipts final : public ReceiptSource {
  public:
    /// Blocks for as long as the cluster takes to answer (at most `limit` a call). Outage when the topic is not there.
    static Result<std::unique_ptr<KafkaReceipts>> open(const boost::asio::any_io_executor& executor,
                                                       const kafka::ClientConfig& config, const std::string& topic,
                                                       std::chrono::milliseconds limit = std::chrono::seconds{15});

    /// Transient after `kSilence` without a record.
    Task<Result<std::optional<kafka::Record>>> next() override;

    static constexpr std::chrono::milliseconds kSilence{60'000};

  private:
    /// A partition that is not read to its end yet.
    struct Part {
        kafka::TopicPartition at;
        std::int64_t end = 0;
    };

    explicit KafkaReceipts(const boost::asio::any_io_executor& executor) : arrived_{executor} {}
    Result<> start(const boost::asio::any_io_executor& executor, const kafka::ClientConfig& config,
                   std::vector<Part> parts);
    /// The next record at hand; closes partitions that are read to their end.
    std::optional<kafka::Record> take();
    Result<> take_events();

    Event arrived_;
    std::shared_ptr<kafka::Consumer> consumer_;
    std::vector<Part> open_;
    std::string last_problem_;
};

}  // namespace strongroom::auditor
