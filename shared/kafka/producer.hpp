#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "shared/base/result.hpp"
#include "shared/kafka/client_config.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::kafka {

struct ProducerOptions {
    std::string client_id = "strongroom-producer";
    int queue_records = 50'000;                          ///< unacknowledged records that may wait in memory
    std::chrono::milliseconds linger{5};                 ///< how long records are gathered into a batch
    std::chrono::milliseconds delivery_timeout{60'000};  ///< after which a record without an ack has failed
};

/// Where an acknowledged record lies.
struct Acknowledged {
    TopicPartition at;
    std::int64_t offset = 0;
};

/// An idempotent producer without transactions, acks=all: what is acknowledged is there once. Blocks; one thread, which
/// is also where the callbacks run (inside `produce`, `serve` and `flush`).
class Producer {
  public:
    using OnDelivery = std::function<void(const Result<Acknowledged>&)>;

    static Result<std::unique_ptr<Producer>> create(const ClientConfig& config, const ProducerOptions& options = {});
    /// Records without an acknowledgement are dropped; their callbacks do not run.
    ~Producer();
    Producer(const Producer&) = delete;
    Producer& operator=(const Producer&) = delete;

    /// Queues the record and waits while the queue is full. A failure here (too large, unknown topic …) is final for
    /// the record and `on_delivery` is not called; otherwise it is called exactly once.
    Result<> produce(const OutboundRecord& record, OnDelivery on_delivery);
    /// Runs callbacks that are due, waiting up to `wait` for one.
    void serve(std::chrono::milliseconds wait);
    /// Waits until every record is acknowledged or has failed. Fails (transient) when `limit` passes before.
    Result<> flush(std::chrono::milliseconds limit);
    [[nodiscard]] std::size_t outstanding() const;

  private:
    struct Impl;
    explicit Producer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace strongroom::kafka
