#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "shared/base/result.hpp"
#include "shared/base/time_source.hpp"
#include "shared/kafka/transactional_producer.hpp"
#include "worker/consume/consume_config.hpp"

namespace strongroom::consume {

/// The state machine of a shard's commits, without any I/O: asked what to do next and told what came of it. It owns the
/// order of things (a new producer, then reading what is in doubt, then going on), the waits, the search for a record
/// that the broker refuses, and the judgement about being fenced. Pure; time comes in as a parameter.
class CommitCycle {
  public:
    /// Nothing to do before then.
    struct Wait {
        SteadyTime until;
    };
    /// Make a producer and start its transactions, then tell `on_producer`.
    struct MakeProducer {};
    /// Find out whether the last batch was committed, then tell `on_doubt_resolved` or `on_doubt_left`.
    struct ResolveDoubt {};
    /// Commit what there is, at most so many outcomes, then tell `on_transaction` or `on_nothing`.
    struct Transact {
        std::size_t limit = 0;
    };
    /// Reduce the one outcome that the last batch was refused for, then tell `on_reduced` or `on_irreducible`.
    struct Reduce {};
    /// The shard must end.
    struct GiveUp {
        Failure failure;
    };
    using Action = std::variant<Wait, MakeProducer, ResolveDoubt, Transact, Reduce, GiveUp>;

    CommitCycle(const CommitConfig& config, std::chrono::milliseconds transaction_timeout,
                std::string transactional_id);

    [[nodiscard]] Action next(SteadyTime now) const;
    /// Commit as soon as possible: work was drained.
    void request(SteadyTime now);

    void on_producer(const Result<>& made, SteadyTime now);
    void on_nothing(SteadyTime now);
    /// `singled_out`: the refusal can only be about one outcome of the batch.
    void on_transaction(const kafka::TransactionOutcome& outcome, std::size_t batch_size, bool singled_out,
                        std::chrono::milliseconds took, SteadyTime now);
    void on_doubt_resolved(SteadyTime now);
    void on_doubt_left(const Failure& failure, SteadyTime now);
    void on_reduced(SteadyTime now);
    void on_irreducible(const Failure& failure, SteadyTime now);

    /// Why the shard waits for Kafka; empty when it does not.
    [[nodiscard]] const std::string& outage() const { return outage_; }
    [[nodiscard]] bool in_doubt() const { return in_doubt_; }

  private:
    void back_off(const Failure& failure, SteadyTime now);
    void succeed(SteadyTime now);
    void lose_producer(const kafka::TransactionOutcome& outcome, std::chrono::milliseconds took, SteadyTime now);
    void isolate(const kafka::TransactionOutcome& outcome, std::size_t batch_size, bool singled_out, SteadyTime now);

    CommitConfig config_;
    std::chrono::milliseconds transaction_timeout_;
    std::string transactional_id_;
    bool has_producer_ = false;
    bool in_doubt_ = false;
    bool must_reduce_ = false;
    std::size_t limit_;
    std::chrono::milliseconds backoff_;
    SteadyTime due_{};         ///< of the next transaction
    SteadyTime not_before_{};  ///< of anything, after a failure
    std::optional<SteadyTime> fenced_at_{};
    std::optional<Failure> given_up_{};
    std::string outage_;
};

}  // namespace strongroom::consume
