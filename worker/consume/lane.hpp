#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/kafka/consumer.hpp"
#include "shared/runtime/blocking_thread.hpp"
#include "shared/runtime/event.hpp"
#include "worker/consume/admission.hpp"
#include "worker/consume/dispatcher.hpp"
#include "worker/consume/key_queues.hpp"
#include "worker/consume/partition_assignment.hpp"

namespace strongroom::consume {

struct BatchPart;

struct LaneConfig {
    LaneKind kind = LaneKind::kLive;
    std::string group;
    std::vector<std::string> topics;
    LaneLimits limits{};
    std::chrono::milliseconds rebalance_drain{3'000};
    std::chrono::milliseconds clock_skew{1'000};
};

/// What the lanes of a shard share. `wake` turns the shard's pump, `commit_soon` its commits; all outlive the lanes'
/// tasks.
struct LaneParts {
    DispatchParts dispatch;
    BlockingThread& lookups;
    Event& wake;
    Event& changed;  ///< notified whenever a record ended or a commit took place
    std::function<void()> commit_soon;
};

/// One lane of a shard: its consumer and group, what it may have in hand, the order of its keys, and its partitions
/// through their whole life here: taken, read, revoked, lost. The shard's thread only.
class Lane final : public DispatchSink {
  public:
    Lane(LaneConfig config, const RetryConfig& retry, LaneParts parts);
    ~Lane() override = default;
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// Joins the group. Fails (permanent) on settings that librdkafka does not take.
    Result<> join(const boost::asio::any_io_executor& executor, const kafka::ClientConfig& kafka,
                  const std::string& client_id);
    /// Serves the group's events and admits what there is room for. True when it did anything.
    bool pump();
    /// When a record that was read becomes due; nothing when none waits.
    [[nodiscard]] std::optional<WallTime> next_due() const;

    /// Starts nothing any more.
    void stop_admitting();
    [[nodiscard]] std::size_t running() const { return running_; }
    [[nodiscard]] bool has_committable() const;
    /// The outcomes below `position` are committed: they are forgotten, where the partition is still held under that
    /// epoch.
    void on_committed(const BatchPart& part);

    [[nodiscard]] kafka::Consumer& consumer() { return *consumer_; }
    [[nodiscard]] const std::shared_ptr<kafka::Consumer>& shared_consumer() const { return consumer_; }
    [[nodiscard]] const PartitionAssignment& partitions() const { return partitions_; }
    [[nodiscard]] const LaneConfig& config() const { return config_; }
    [[nodiscard]] const Admission& admission() const { return admission_; }
    [[nodiscard]] const std::string& trouble() const { return trouble_; }
    [[nodiscard]] const std::optional<Failure>& fatal() const { return fatal_; }

    void on_outcome(OutcomePtr outcome) override;
    void on_abandoned(const InFlightPtr& item) override;
    void on_waiting(const InFlight& item, bool waiting) override;
    [[nodiscard]] bool wants(const InFlight& item) const override;
    [[nodiscard]] bool is_in_the_way(const InFlight& item) const override;

  private:
    void on(const kafka::Assigned& event);
    void on(const kafka::Revoked& event);
    void on(const kafka::Lost& event);
    void on(const kafka::OffsetsLost& event);
    void on(const kafka::ConsumerFailed& event);
    Task<> take(std::vector<kafka::TopicPartition> partitions);
    Task<> let_go(std::vector<kafka::TopicPartition> partitions);
    Task<std::vector<kafka::CommitPosition>> read_positions(std::vector<kafka::TopicPartition> partitions);
    void drop(std::span<const kafka::TopicPartition> partitions);
    void drop_waiting(const kafka::TopicPartition& at);

    bool admit_from(HeldPartition& partition);
    std::optional<kafka::Record> next_record(HeldPartition& partition);
    [[nodiscard]] bool is_due(const kafka::Record& record) const;
    void admit(HeldPartition& partition, kafka::Record record);
    void start(const InFlightPtr& item);
    void finish(const InFlight& item);

    LaneConfig config_;
    LaneParts parts_;
    std::shared_ptr<kafka::Consumer> consumer_;
    Admission admission_;
    KeyQueues keys_;
    PartitionAssignment partitions_;
    Dispatcher dispatcher_;
    std::size_t running_ = 0;
    bool stopping_ = false;
    std::string trouble_;
    std::optional<Failure> fatal_;
    std::string logged_failure_;
    SteadyTime logged_at_{};
};

}  // namespace strongroom::consume
