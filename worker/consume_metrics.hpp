#pragma once

#include <map>
#include <optional>
#include <string>

#include "shared/base/time_source.hpp"
#include "shared/telemetry/metrics.hpp"
#include "worker/consume/consume_observer.hpp"

namespace strongroom::worker {

/// The engine's facts as metrics and log lines. One per shard; the registry is shared.
class ConsumeMetrics final : public consume::ConsumeObserver {
  public:
    /// `metrics` outlives it.
    explicit ConsumeMetrics(Metrics& metrics);

    void partitions_assigned(consume::LaneKind lane, std::size_t count) override;
    void partitions_revoked(consume::LaneKind lane, std::size_t count) override;
    void partitions_lost(consume::LaneKind lane, std::size_t count) override;
    void offsets_lost(consume::LaneKind lane, const kafka::TopicPartition& at, std::int64_t count) override;
    void consumer_failed(consume::LaneKind lane, const Failure& failure) override;
    void record_admitted(const consume::InFlight& item) override;
    void record_ended(const consume::Outcome& outcome, std::chrono::milliseconds took) override;
    void outcome_committed(const consume::Outcome& outcome) override;
    void outcome_dropped(const consume::InFlight& item) override;
    void record_waits(const consume::InFlight& item, const Failure& failure, std::chrono::milliseconds delay) override;
    void transaction_committed(std::size_t outcomes, std::chrono::milliseconds took) override;
    void transaction_failed(const Failure& failure, bool in_doubt) override;
    void producer_made(std::chrono::milliseconds took) override;
    void outcome_reduced(const consume::Outcome& outcome) override;
    void shard_outage(std::string_view text) override;

    /// Which dependency records wait for, and why; empty when none has in the last minute. The shard's thread.
    [[nodiscard]] std::string waiting_for() const;

  private:
    Counter& receipts(const std::string& status);

    Metrics& metrics_;
    SystemTime time_;
    std::map<std::string, Counter> receipts_;
    std::map<consume::LaneKind, Counter> admitted_;
    Counter retried_;
    Counter dropped_;
    Counter waits_;
    Counter aborted_;
    Counter reduced_;
    Counter offsets_lost_;
    Histogram record_seconds_;
    Histogram transaction_seconds_;
    std::string waiting_text_;
    std::optional<SteadyTime> waited_at_;
};

}  // namespace strongroom::worker
