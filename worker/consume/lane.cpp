#include "worker/consume/lane.hpp"

#include <algorithm>

#include "shared/telemetry/log.hpp"
#include "worker/consume/failure_headers.hpp"
#include "worker/consume/outcome_batch.hpp"

namespace strongroom::consume {
namespace {

using std::chrono::milliseconds;

/// Records taken from one partition before the next one has its turn.
constexpr int kTurn = 32;
constexpr milliseconds kLookupLimit{10'000};
constexpr milliseconds kLookupPause{500};
constexpr milliseconds kRepeatedLog{30'000};
/// After the drain, for the commit of what was drained.
constexpr milliseconds kLastCommit{5'000};

}  // namespace

Lane::Lane(LaneConfig config, const RetryConfig& retry, LaneParts parts)
    : config_{std::move(config)},
      parts_{std::move(parts)},
      admission_{config_.limits},
      partitions_{parts_.dispatch.time},
      dispatcher_{parts_.dispatch, retry, config_.group, *this} {}

Result<> Lane::join(const boost::asio::any_io_executor& executor, const kafka::ClientConfig& kafka,
                    const std::string& client_id) {
    kafka::ConsumerOptions options{.group = config_.group, .client_id = client_id};
    // The other lanes wait more than they read.
    if (config_.kind == LaneKind::kRetry) options.prefetch_records = 500;
    auto consumer = kafka::Consumer::create(executor, kafka, options, [wake = &parts_.wake] { wake->notify(); });
    if (!consumer) return consumer.error();
    consumer_ = std::move(*consumer);
    return consumer_->subscribe(config_.topics);
}

bool Lane::pump() {
    bool worked = false;
    while (auto event = consumer_->poll_event()) {
        std::visit([this](const auto& e) { on(e); }, *event);
        worked = true;
    }
    for (auto& [at, partition] : partitions_.all()) worked |= admit_from(partition);
    return worked;
}

bool Lane::admit_from(HeldPartition& partition) {
    int admitted = 0;
    while (admitted < kTurn && !partition.revoking && admission_.has_room()) {
        auto record = next_record(partition);
        if (!record) break;
        admit(partition, std::move(*record));
        ++admitted;
    }
    return admitted > 0;
}

std::optional<kafka::Record> Lane::next_record(HeldPartition& partition) {
    auto record = std::exchange(partition.parked, std::nullopt);
    if (!record) record = consumer_->poll_record(partition.at);
    if (!record || is_due(*record)) return record;
    partition.parked = std::move(record);
    return std::nullopt;
}

bool Lane::is_due(const kafka::Record& record) const {
    if (config_.kind != LaneKind::kRetry) return true;
    const auto due = not_before(record);
    return !due || *due + config_.clock_skew <= parts_.dispatch.time.wall_now();
}

std::optional<WallTime> Lane::next_due() const {
    std::optional<WallTime> next;
    for (const auto& [at, partition] : partitions_.all()) {
        if (!partition.parked || partition.revoking) continue;
        const auto due = not_before(*partition.parked);
        if (due && (!next || *due + config_.clock_skew < *next)) next = *due + config_.clock_skew;
    }
    return next;
}

void Lane::admit(HeldPartition& partition, kafka::Record record) {
    partition.ledger.read(record.offset);
    auto item = std::make_shared<InFlight>();
    item->attempt = attempt_of(record);
    item->bytes = cost_of(record);
    item->record = std::move(record);
    item->lane = config_.kind;
    item->epoch = partition.epoch;
    item->admitted = parts_.dispatch.time.now();
    admission_.admit(item->bytes);
    parts_.dispatch.observer.record_admitted(*item);
    trouble_.clear();
    if (keys_.arrive(item)) start(item);
}

void Lane::start(const InFlightPtr& item) {
    ++running_;
    if (auto* partition = partitions_.find(item->record.at, item->epoch)) ++partition->running;
    dispatcher_.start(item);
}

/// The record is out of the way: the next of its key may start, unless nobody wants it any more.
void Lane::finish(const InFlight& item) {
    --running_;
    admission_.finish(item.bytes);
    if (auto* partition = partitions_.find(item.record.at, item.epoch)) --partition->running;
    if (auto next = keys_.depart(item)) start(next);
    parts_.wake.notify();
    parts_.changed.notify();
}

void Lane::on_outcome(OutcomePtr outcome) {
    const auto item = outcome->item;
    if (auto* partition = partitions_.find(item->record.at, item->epoch)) {
        partition->ledger.settle(item->record.offset);
        outcome->bytes = item->bytes + record_bytes(*outcome);
        admission_.hold(outcome->bytes);
        partition->outcomes.emplace(item->record.offset, std::move(outcome));
    } else {
        parts_.dispatch.observer.outcome_dropped(*item);
    }
    finish(*item);
}

void Lane::on_abandoned(const InFlightPtr& item) {
    parts_.dispatch.observer.outcome_dropped(*item);
    finish(*item);
}

void Lane::on_waiting(const InFlight& item, bool waiting) {
    auto* partition = partitions_.find(item.record.at, item.epoch);
    if (waiting) {
        --running_;
        if (partition != nullptr) --partition->running;
    } else {
        ++running_;
        if (partition != nullptr) ++partition->running;
    }
    parts_.changed.notify();
}

bool Lane::wants(const InFlight& item) const {
    const auto* partition = partitions_.find(item.record.at, item.epoch);
    return !stopping_ && partition != nullptr && !partition->revoking;
}

bool Lane::is_in_the_way(const InFlight& item) const {
    if (!admission_.has_room()) return true;
    const auto* partition = partitions_.find(item.record.at, item.epoch);
    return partition != nullptr && !partition->outcomes.empty() &&
           partition->outcomes.rbegin()->first > item.record.offset;
}

bool Lane::has_committable() const {
    return std::ranges::any_of(partitions_.all(),
                               [](const auto& entry) { return consume::has_committable(entry.second); });
}

void Lane::on_committed(const BatchPart& part) {
    if (auto* partition = partitions_.find(part.at, part.epoch)) {
        partition->committed = part.position;
        for (const auto& outcome : part.outcomes)
            if (partition->outcomes.erase(outcome->item->record.offset) > 0) admission_.release(outcome->bytes);
    }
    for (const auto& outcome : part.outcomes) parts_.dispatch.observer.outcome_committed(*outcome);
    parts_.wake.notify();
    parts_.changed.notify();
}

void Lane::stop_admitting() {
    stopping_ = true;
    partitions_.stop_admitting_all();
    for (const auto& item : keys_.drop_all()) admission_.finish(item->bytes);
}

void Lane::on(const kafka::Assigned& event) {
    trouble_.clear();
    parts_.dispatch.observer.partitions_assigned(config_.kind, event.partitions.size());
    parts_.dispatch.tasks.spawn(take(event.partitions));
}

void Lane::on(const kafka::Revoked& event) {
    parts_.dispatch.observer.partitions_revoked(config_.kind, event.partitions.size());
    partitions_.stop_admitting(event.partitions);
    for (const auto& at : event.partitions) drop_waiting(at);
    parts_.dispatch.tasks.spawn(let_go(event.partitions));
}

/// Somebody else has them already: what was achieved is theirs to find out, nothing of it may be committed.
void Lane::on(const kafka::Lost& event) {
    log::warning("partitions_lost", {{"group", config_.group}, {"count", event.partitions.size()}});
    parts_.dispatch.observer.partitions_lost(config_.kind, event.partitions.size());
    drop(event.partitions);
}

void Lane::on(const kafka::OffsetsLost& event) {
    log::error("offsets_lost", {{"topic", event.at.topic},
                                {"partition", event.at.partition},
                                {"count", event.count},
                                {"cause", "retention deleted them before they were read"}});
    parts_.dispatch.observer.offsets_lost(config_.kind, event.at, event.count);
}

void Lane::on(const kafka::ConsumerFailed& event) {
    parts_.dispatch.observer.consumer_failed(config_.kind, event.failure);
    if (event.fatal) fatal_ = event.failure;
    if (event.failure.kind == FailureKind::kOutage) trouble_ = event.failure.message;
    // librdkafka repeats itself ten times a second while no broker answers.
    const auto now = parts_.dispatch.time.now();
    if (event.failure.message == logged_failure_ && now - logged_at_ < kRepeatedLog) return;
    logged_failure_ = event.failure.message;
    logged_at_ = now;
    log::warning("consumer_failed", {{"group", config_.group}, {"failure", describe(event.failure)}});
}

/// The positions are read before the first record, and outlast a predecessor's transaction that is still open on them.
Task<std::vector<kafka::CommitPosition>> Lane::read_positions(std::vector<kafka::TopicPartition> partitions) {
    for (;;) {
        auto positions = co_await parts_.lookups.run(
            [consumer = consumer_, partitions] { return consumer->committed(partitions, kLookupLimit); });
        if (positions) co_return std::move(*positions);
        trouble_ = positions.error().message;
        log::warning("positions_unknown", {{"group", config_.group}, {"failure", describe(positions.error())}});
        co_await parts_.dispatch.sleeper.sleep_for(kLookupPause);
    }
}

Task<> Lane::take(std::vector<kafka::TopicPartition> partitions) {
    std::vector<kafka::CommitPosition> positions;
    if (!partitions.empty()) positions = co_await read_positions(partitions);
    trouble_.clear();
    for (const auto& position : positions) partitions_.add(position.at, position.offset);
    if (stopping_) partitions_.stop_admitting_all();
    consumer_->complete_assign(positions);
    parts_.wake.notify();
}

Task<> Lane::let_go(std::vector<kafka::TopicPartition> partitions) {
    const auto& time = parts_.dispatch.time;
    const auto drained_by = time.now() + config_.rebalance_drain;
    while (partitions_.running(partitions) > 0 && time.now() < drained_by)
        co_await parts_.changed.wait_for(std::chrono::ceil<milliseconds>(drained_by - time.now()));
    const auto committed_by = time.now() + kLastCommit;
    parts_.commit_soon();
    while (partitions_.has_committable(partitions) && time.now() < committed_by)
        co_await parts_.changed.wait_for(std::chrono::ceil<milliseconds>(committed_by - time.now()));
    drop(partitions);
    consumer_->complete_revoke(partitions);
    parts_.wake.notify();
}

void Lane::drop_waiting(const kafka::TopicPartition& at) {
    for (const auto& item : keys_.drop(at)) {
        admission_.finish(item->bytes);
        parts_.dispatch.observer.outcome_dropped(*item);
    }
}

void Lane::drop(std::span<const kafka::TopicPartition> partitions) {
    for (const auto& at : partitions) {
        drop_waiting(at);
        const auto dropped = partitions_.remove(at);
        if (!dropped) continue;
        for (const auto& [offset, outcome] : dropped->outcomes) {
            admission_.release(outcome->bytes);
            parts_.dispatch.observer.outcome_dropped(*outcome->item);
        }
    }
    parts_.changed.notify();
}

}  // namespace strongroom::consume
