#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/kafka/client_config.hpp"
#include "shared/kafka/group_metadata.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::kafka {

struct TransactionalProducerOptions {
    std::string transactional_id;
    /// How long a crash of ours may hold up the partitions' next owner and every reader of committed records.
    std::chrono::milliseconds transaction_timeout{12'000};
    /// How long `init`, and how long a whole transaction up to its commit, may take; an abort half as much. Longer than
    /// the transaction timeout is useless.
    std::chrono::milliseconds call_timeout{10'000};
};

/// The offsets of one group, with the membership under which they were read.
struct GroupOffsets {
    GroupMetadata group;
    std::vector<CommitPosition> positions;
};

/// What became of a transaction and what to do next.
enum class TransactionEnd {
    kCommitted,
    kAborted,        ///< nothing was written; the same producer can try again
    kOutage,         ///< nothing was written; the cluster refuses us or a topic is missing: wait, then try again
    kRecordRefused,  ///< nothing was written; the records at `refused` (or one among them) can never be accepted
    kRecreate,       ///< nothing was written; the producer is finished: make a new one
    kInDoubt,        ///< the producer is finished, and the commit may or may not have taken place: read the offsets
};

struct TransactionOutcome {
    TransactionEnd end = TransactionEnd::kCommitted;
    bool fenced = false;  ///< by a producer with the same id, or by the transaction timeout
    Failure failure{};
    std::vector<std::size_t> refused{};
};

/// One transaction after the other: records and the offsets of several groups, all or nothing. Every call blocks; one
/// thread at a time, any thread.
class TransactionalProducer {
  public:
    static Result<std::unique_ptr<TransactionalProducer>> create(const ClientConfig& config,
                                                                 const TransactionalProducerOptions& options);
    ~TransactionalProducer();
    TransactionalProducer(const TransactionalProducer&) = delete;
    TransactionalProducer& operator=(const TransactionalProducer&) = delete;

    /// Before the first transaction: ends what an earlier producer with this id left open and fences it. After a
    /// failure make a new producer, unless it is transient: then it may be called again.
    Result<> init();

    /// One whole transaction. The spans must stay valid during the call.
    TransactionOutcome transact(std::span<const OutboundRecord> records, std::span<const GroupOffsets> offsets);

  private:
    struct Impl;
    explicit TransactionalProducer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace strongroom::kafka
