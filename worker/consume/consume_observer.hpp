#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "shared/base/failure.hpp"
#include "shared/kafka/record.hpp"
#include "worker/consume/in_flight.hpp"
#include "worker/consume/outcome.hpp"

namespace strongroom::consume {

/// One function per fact worth a metric or a log line. Called on the shard's thread; must not throw or block. Whoever
/// wants to see nothing uses it as it is.
class ConsumeObserver {
  public:
    virtual ~ConsumeObserver() = default;

    virtual void partitions_assigned(LaneKind, std::size_t /*count*/) {}
    virtual void partitions_revoked(LaneKind, std::size_t /*count*/) {}
    virtual void partitions_lost(LaneKind, std::size_t /*count*/) {}
    /// Retention deleted records before they were read.
    virtual void offsets_lost(LaneKind, const kafka::TopicPartition&, std::int64_t /*count*/) {}
    virtual void consumer_failed(LaneKind, const Failure&) {}

    virtual void record_admitted(const InFlight&) {}
    /// The outcome is known, but not yet committed. `took`: since the record was admitted.
    virtual void record_ended(const Outcome&, std::chrono::milliseconds /*took*/) {}
    /// The outcome is committed: it is final now.
    virtual void outcome_committed(const Outcome&) {}
    /// Its partition went away before; another member works on it again.
    virtual void outcome_dropped(const InFlight&) {}
    /// Waits in memory until a dependency is back; tried again after `delay`.
    virtual void record_waits(const InFlight&, const Failure&, std::chrono::milliseconds /*delay*/) {}

    virtual void transaction_committed(std::size_t /*outcomes*/, std::chrono::milliseconds /*took*/) {}
    virtual void transaction_failed(const Failure&, bool /*in_doubt*/) {}
    virtual void producer_made(std::chrono::milliseconds /*took*/) {}
    /// The broker refused a record by itself; its outcome is now the reduced one.
    virtual void outcome_reduced(const Outcome&) {}
    /// The whole shard waits for Kafka (`text`), or goes on again (empty).
    virtual void shard_outage(std::string_view /*text*/) {}
};

}  // namespace strongroom::consume
