#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "shared/base/result.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::kafka {
class Producer;
}

namespace strongroom::emit {

/// Where emitted records go. Blocks; one thread, which is also where the callbacks run.
class EventSink {
  public:
    using OnEnd = std::function<void(const Result<>&)>;

    virtual ~EventSink() = default;
    /// Takes the record, waiting while there is no room. `on_end` is called exactly once, unless this fails at once.
    virtual Result<> send(const kafka::OutboundRecord& record, OnEnd on_end) = 0;
    /// Runs callbacks that are due, waiting up to `wait` for one.
    virtual void serve(std::chrono::milliseconds wait) = 0;
    [[nodiscard]] virtual std::size_t outstanding() const = 0;
};

/// The broker: a record has ended when all in-sync replicas have it, or when it failed for good.
class KafkaSink final : public EventSink {
  public:
    explicit KafkaSink(kafka::Producer& producer) : producer_{producer} {}
    Result<> send(const kafka::OutboundRecord& record, OnEnd on_end) override;
    void serve(std::chrono::milliseconds wait) override;
    [[nodiscard]] std::size_t outstanding() const override;

  private:
    kafka::Producer& producer_;
};

/// Nowhere (`--dry-run`).
class DrySink final : public EventSink {
  public:
    Result<> send(const kafka::OutboundRecord&, OnEnd on_end) override {
        on_end({});
        return {};
    }
    void serve(std::chrono::milliseconds) override {}
    [[nodiscard]] std::size_t outstanding() const override { return 0; }
};

}  // namespace strongroom::emit
