#include "worker/consume/commit_cycle.hpp"

#include <algorithm>

namespace strongroom::consume {

using kafka::TransactionEnd;
using std::chrono::milliseconds;

CommitCycle::CommitCycle(const CommitConfig& config, milliseconds transaction_timeout, std::string transactional_id)
    : config_{config},
      transaction_timeout_{transaction_timeout},
      transactional_id_{std::move(transactional_id)},
      limit_{config.max_outcomes},
      backoff_{config.backoff} {}

CommitCycle::Action CommitCycle::next(SteadyTime now) const {
    if (given_up_) return GiveUp{*given_up_};
    if (now < not_before_) return Wait{not_before_};
    if (!has_producer_) return MakeProducer{};
    if (in_doubt_) return ResolveDoubt{};
    if (must_reduce_) return Reduce{};
    if (now < due_) return Wait{due_};
    return Transact{limit_};
}

void CommitCycle::request(SteadyTime now) {
    due_ = std::min(due_, now);
}

void CommitCycle::on_nothing(SteadyTime now) {
    due_ = now + config_.interval;
}

void CommitCycle::succeed(SteadyTime now) {
    backoff_ = config_.backoff;
    not_before_ = now;
    outage_.clear();
}

void CommitCycle::back_off(const Failure& failure, SteadyTime now) {
    not_before_ = now + backoff_;
    backoff_ = std::min(backoff_ * 2, config_.longest_backoff);
    // One abort is everyday life (a rebalance); several in a row are worth telling.
    if (failure.kind == FailureKind::kOutage || backoff_ > config_.backoff * 8) outage_ = failure.message;
}

void CommitCycle::on_producer(const Result<>& made, SteadyTime now) {
    if (made) {
        has_producer_ = true;
        not_before_ = now;
        return;
    }
    // A setting that librdkafka does not take will not be taken later either.
    if (made.error().kind == FailureKind::kPermanent) given_up_ = made.error();
    back_off(made.error(), now);
    outage_ = made.error().message;
}

void CommitCycle::on_transaction(const kafka::TransactionOutcome& outcome, std::size_t batch_size, bool singled_out,
                                 milliseconds took, SteadyTime now) {
    switch (outcome.end) {
        case TransactionEnd::kCommitted:
            succeed(now);
            // A cut batch has more behind it.
            due_ = batch_size >= limit_ ? now : now + config_.interval;
            limit_ = std::min(limit_ * 2, config_.max_outcomes);
            return;
        case TransactionEnd::kAborted:
        case TransactionEnd::kOutage:
            return back_off(outcome.failure, now);
        case TransactionEnd::kRecordRefused:
            return isolate(outcome, batch_size, singled_out, now);
        case TransactionEnd::kRecreate:
        case TransactionEnd::kInDoubt:
            return lose_producer(outcome, took, now);
    }
}

/// Halves the batch until it is one outcome; every commit on the way doubles the next batch again.
void CommitCycle::isolate(const kafka::TransactionOutcome&, std::size_t batch_size, bool singled_out, SteadyTime now) {
    due_ = now;
    if (singled_out || batch_size <= 1)
        must_reduce_ = true;
    else
        limit_ = std::max<std::size_t>(1, batch_size / 2);
}

/// A transaction that outlived its timeout is fenced by the broker, without any rival.
void CommitCycle::lose_producer(const kafka::TransactionOutcome& outcome, milliseconds took, SteadyTime now) {
    has_producer_ = false;
    in_doubt_ = in_doubt_ || outcome.end == TransactionEnd::kInDoubt;
    back_off(outcome.failure, now);
    if (!outcome.fenced || took >= transaction_timeout_) return;
    if (fenced_at_ && now - *fenced_at_ <= config_.fence_window) {
        given_up_ = Failure{.kind = FailureKind::kPermanent,
                            .dependency = Dependency::kKafka,
                            .cause = Cause::kConflict,
                            .message = "the transactional id " + transactional_id_ +
                                       " is in use by another living process; give every pod its own kafka.instance"};
    }
    fenced_at_ = now;
}

void CommitCycle::on_doubt_resolved(SteadyTime now) {
    in_doubt_ = false;
    not_before_ = now;
    due_ = now;
}

void CommitCycle::on_doubt_left(const Failure& failure, SteadyTime now) {
    back_off(failure, now);
}

void CommitCycle::on_reduced(SteadyTime now) {
    must_reduce_ = false;
    due_ = now;
}

void CommitCycle::on_irreducible(const Failure& failure, SteadyTime now) {
    must_reduce_ = false;
    back_off(failure, now);
    outage_ = failure.message;
}

}  // namespace strongroom::consume
