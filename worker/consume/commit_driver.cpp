#include "worker/consume/commit_driver.hpp"

#include <algorithm>

#include "shared/telemetry/log.hpp"

namespace strongroom::consume {
namespace {

using kafka::TransactionEnd;
using std::chrono::milliseconds;

constexpr milliseconds kLookupLimit{10'000};

milliseconds since(SteadyTime start, SteadyTime now) {
    return std::chrono::duration_cast<milliseconds>(now - start);
}

}  // namespace

CommitDriver::CommitDriver(CommitParts parts, const ConsumeConfig& config, std::string transactional_id)
    : parts_{parts},
      kafka_{config.kafka},
      config_{config.commit},
      options_{.transactional_id = std::move(transactional_id)},
      cycle_{config.commit, options_.transaction_timeout, options_.transactional_id} {}

void CommitDriver::commit_soon() {
    cycle_.request(parts_.time.now());
    parts_.wake.notify();
}

Lane& CommitDriver::lane(LaneKind kind) const {
    return **std::ranges::find_if(parts_.lanes, [kind](const auto& lane) { return lane->config().kind == kind; });
}

Task<Failure> CommitDriver::run() {
    for (;;) {
        const auto action = cycle_.next(parts_.time.now());
        if (const auto* end = std::get_if<CommitCycle::GiveUp>(&action)) co_return end->failure;
        if (const auto* wait = std::get_if<CommitCycle::Wait>(&action))
            co_await parts_.wake.wait_for(std::chrono::ceil<milliseconds>(wait->until - parts_.time.now()));
        else if (std::holds_alternative<CommitCycle::MakeProducer>(action))
            co_await make_producer();
        else if (std::holds_alternative<CommitCycle::ResolveDoubt>(action))
            co_await resolve_doubt();
        else if (std::holds_alternative<CommitCycle::Reduce>(action))
            reduce();
        else
            co_await transact(std::get<CommitCycle::Transact>(action).limit);
        report_outage();
    }
}

/// The old one goes first, on the blocking thread too: its end waits for its own threads.
Task<> CommitDriver::make_producer() {
    const auto start = parts_.time.now();
    std::shared_ptr<kafka::TransactionalProducer> fresh;
    const Result<> made = co_await parts_.transactions.run(
        [old = std::move(producer_), &fresh, config = kafka_, options = options_]() mutable -> Result<> {
            old.reset();
            auto created = kafka::TransactionalProducer::create(config, options);
            if (!created) return created.error();
            fresh = std::move(*created);
            return fresh->init();
        });
    const auto now = parts_.time.now();
    cycle_.on_producer(made, now);
    if (!made) {
        log::warning("producer_not_made", {{"id", options_.transactional_id}, {"failure", describe(made.error())}});
        producer_ = std::move(fresh);
        co_return;
    }
    producer_ = std::move(fresh);
    parts_.observer.producer_made(since(start, now));
}

/// Group memberships are taken before the offsets: whoever is fenced by generation must not commit what it read later.
std::vector<kafka::GroupOffsets> CommitDriver::memberships() const {
    std::vector<kafka::GroupOffsets> groups;
    for (const auto& lane : parts_.lanes)
        groups.push_back({lane->has_committable() ? lane->consumer().group_metadata() : kafka::GroupMetadata{}, {}});
    return groups;
}

OutcomeBatch CommitDriver::collect(std::size_t limit) const {
    OutcomeBatch batch{{.outcomes = limit, .bytes = config_.max_bytes.value}};
    for (const auto& lane : parts_.lanes) batch.collect(lane->config().kind, lane->partitions());
    return batch;
}

Task<> CommitDriver::transact(std::size_t limit) {
    auto groups = memberships();
    auto batch = std::make_unique<OutcomeBatch>(collect(limit));
    if (batch->empty()) {
        cycle_.on_nothing(parts_.time.now());
        co_return;
    }
    for (std::size_t i = 0; i < parts_.lanes.size(); ++i)
        groups[i].positions = batch->positions(parts_.lanes[i]->config().kind);
    const auto start = parts_.time.now();
    const auto outcome =
        co_await parts_.transactions.run([producer = producer_, records = batch->records(parts_.time.wall_now()),
                                          groups = std::move(groups)] { return producer->transact(records, groups); });
    const auto now = parts_.time.now();
    const auto took = since(start, now);
    bool singled_out = false;
    if (outcome.end == TransactionEnd::kRecordRefused) {
        refused_ = batch->owner_of(outcome.refused.front());
        refusal_ = outcome.failure;
        singled_out = std::ranges::all_of(outcome.refused, [&](auto i) { return batch->owner_of(i) == refused_; });
    }
    cycle_.on_transaction(outcome, batch->size(), singled_out, took, now);
    if (outcome.end == TransactionEnd::kCommitted) {
        apply(*batch);
        parts_.observer.transaction_committed(batch->size(), took);
        co_return;
    }
    const bool in_doubt = outcome.end == TransactionEnd::kInDoubt;
    parts_.observer.transaction_failed(outcome.failure, in_doubt);
    log::warning("transaction_failed", {{"id", options_.transactional_id},
                                        {"in_doubt", in_doubt ? "true" : "false"},
                                        {"failure", describe(outcome.failure)}});
    if (in_doubt) last_ = std::move(batch);
}

void CommitDriver::apply(const OutcomeBatch& batch) {
    for (const auto& part : batch.parts()) lane(part.lane).on_committed(part);
}

/// A transaction is whole: one partition that is still ours tells for all. Where none is left, the new owners know
/// already.
Task<> CommitDriver::resolve_doubt() {
    for (const auto& part : last_->parts()) {
        if (lane(part.lane).partitions().find(part.at, part.epoch) == nullptr) continue;
        const auto committed = co_await is_committed(part);
        if (!committed) {
            log::warning("commit_in_doubt",
                         {{"id", options_.transactional_id}, {"failure", describe(committed.error())}});
            cycle_.on_doubt_left(committed.error(), parts_.time.now());
            co_return;
        }
        // Lost meanwhile: its new owner may have moved the position.
        if (lane(part.lane).partitions().find(part.at, part.epoch) == nullptr) continue;
        log::info("doubt_resolved", {{"id", options_.transactional_id}, {"committed", *committed ? "true" : "false"}});
        if (*committed) apply(*last_);
        break;
    }
    last_.reset();
    cycle_.on_doubt_resolved(parts_.time.now());
}

Task<Result<bool>> CommitDriver::is_committed(const BatchPart& part) {
    const auto positions = co_await parts_.lookups.run([consumer = lane(part.lane).shared_consumer(), at = part.at] {
        return consumer->committed(std::span{&at, 1}, kLookupLimit);
    });
    if (!positions) co_return positions.error();
    co_return positions->front().offset >= part.position;
}

void CommitDriver::reduce() {
    const auto now = parts_.time.now();
    if (!parts_.dead_letters.reduce(*refused_, refusal_, parts_.time.wall_now())) {
        log::error("record_refused_in_every_form", {{"failure", describe(refusal_)}});
        cycle_.on_irreducible(refusal_, now);
        return;
    }
    parts_.observer.outcome_reduced(*refused_);
    cycle_.on_reduced(now);
}

void CommitDriver::report_outage() {
    if (cycle_.outage() == reported_outage_) return;
    reported_outage_ = cycle_.outage();
    parts_.observer.shard_outage(reported_outage_);
    if (reported_outage_.empty())
        log::info("kafka_recovered", {{"id", options_.transactional_id}});
    else
        log::error("kafka_outage", {{"id", options_.transactional_id}, {"cause", reported_outage_}});
}

}  // namespace strongroom::consume
