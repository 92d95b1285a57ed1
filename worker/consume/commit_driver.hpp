#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "shared/kafka/transactional_producer.hpp"
#include "shared/runtime/blocking_thread.hpp"
#include "shared/runtime/event.hpp"
#include "worker/consume/commit_cycle.hpp"
#include "worker/consume/lane.hpp"
#include "worker/consume/outcome_batch.hpp"

namespace strongroom::consume {

struct CommitParts {
    std::span<const std::unique_ptr<Lane>> lanes;
    BlockingThread& transactions;
    BlockingThread& lookups;
    TimeSource& time;
    Event& wake;  ///< turns it before the interval is over
    const DeadLetters& dead_letters;
    ConsumeObserver& observer;
};

/// Does what the commit cycle says: the only place where a shard's outcomes reach Kafka. The shard's thread only;
/// librdkafka's blocking calls run on `transactions`, offset look-ups on `lookups`.
class CommitDriver {
  public:
    CommitDriver(CommitParts parts, const ConsumeConfig& config, std::string transactional_id);

    /// Until the cycle gives up; then that failure.
    Task<Failure> run();
    void commit_soon();
    [[nodiscard]] const std::string& outage() const { return cycle_.outage(); }

  private:
    Task<> make_producer();
    Task<> transact(std::size_t limit);
    Task<> resolve_doubt();
    Task<Result<bool>> is_committed(const BatchPart& part);
    void reduce();
    OutcomeBatch collect(std::size_t limit) const;
    std::vector<kafka::GroupOffsets> memberships() const;
    void apply(const OutcomeBatch& batch);
    void report_outage();
    [[nodiscard]] Lane& lane(LaneKind kind) const;

    CommitParts parts_;
    kafka::ClientConfig kafka_;
    CommitConfig config_;
    kafka::TransactionalProducerOptions options_;
    CommitCycle cycle_;
    std::shared_ptr<kafka::TransactionalProducer> producer_;
    std::unique_ptr<OutcomeBatch> last_;  ///< in doubt, or refused
    OutcomePtr refused_;
    Failure refusal_;
    std::string reported_outage_;
};

}  // namespace strongroom::consume
