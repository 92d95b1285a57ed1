#include "worker/consume_metrics.hpp"

#include "shared/telemetry/log.hpp"

namespace strongroom::worker {
namespace {

using consume::LaneKind;
using consume::OutcomeKind;

constexpr std::chrono::minutes kRecently{1};

std::string name_of(LaneKind lane) {
    return std::string{to_string(lane)};
}

}  // namespace

ConsumeMetrics::ConsumeMetrics(Metrics& metrics)
    : metrics_{metrics},
      retried_{metrics.counter("strongroom_retried_total", "Records moved to a retry topic.")},
      dropped_{metrics.counter("strongroom_outcomes_dropped_total", "Outcomes of partitions that went away before.")},
      waits_{metrics.counter("strongroom_outage_waits_total", "Waits of records for a dependency that is out.")},
      aborted_{metrics.counter("strongroom_transactions_failed_total", "Kafka transactions that failed.")},
      reduced_{metrics.counter("strongroom_outcomes_reduced_total", "Outcomes that the broker refused as they were.")},
      offsets_lost_{
          metrics.counter("strongroom_offsets_lost_total", "Records deleted by retention before they were read.")},
      record_seconds_{metrics.seconds("strongroom_record_seconds", "From a record's admission to its outcome.")},
      transaction_seconds_{metrics.seconds("strongroom_transaction_seconds", "Duration of a Kafka transaction.")} {
    for (const LaneKind lane : {LaneKind::kLive, LaneKind::kRetry, LaneKind::kBackfill}) {
        admitted_.emplace(lane, metrics.counter("strongroom_records_total", "Records taken from Kafka into work.",
                                                {{"lane", name_of(lane)}}));
    }
}

Counter& ConsumeMetrics::receipts(const std::string& status) {
    auto at = receipts_.find(status);
    if (at == receipts_.end()) {
        at = receipts_
                 .emplace(status, metrics_.counter("strongroom_receipts_total", "Final outcomes, committed.",
                                                   {{"status", status}}))
                 .first;
    }
    return at->second;
}

void ConsumeMetrics::partitions_assigned(LaneKind lane, std::size_t count) {
    log::info("partitions_assigned", {{"lane", to_string(lane)}, {"count", count}});
}

void ConsumeMetrics::partitions_revoked(LaneKind lane, std::size_t count) {
    log::info("partitions_revoked", {{"lane", to_string(lane)}, {"count", count}});
}

void ConsumeMetrics::partitions_lost(LaneKind lane, std::size_t count) {
    log::warning("partitions_lost", {{"lane", to_string(lane)}, {"count", count}});
}

void ConsumeMetrics::offsets_lost(LaneKind, const kafka::TopicPartition& at, std::int64_t count) {
    offsets_lost_.add(static_cast<double>(count));
    log::error("offsets_lost", {{"topic", at.topic}, {"partition", at.partition}, {"count", count}});
}

void ConsumeMetrics::consumer_failed(LaneKind lane, const Failure& failure) {
    log::warning("consumer_failed", {{"lane", to_string(lane)}, {"failure", describe(failure)}});
}

void ConsumeMetrics::record_admitted(const consume::InFlight& item) {
    admitted_.at(item.lane).add();
}

void ConsumeMetrics::record_ended(const consume::Outcome& outcome, std::chrono::milliseconds took) {
    record_seconds_.observe(took);
    if (outcome.kind != OutcomeKind::kSettled) {
        log::debug("record_failed", {{"event", outcome.subject.event_id}, {"failure", describe(outcome.failure)}});
    }
}

void ConsumeMetrics::outcome_committed(const consume::Outcome& outcome) {
    switch (outcome.kind) {
        case OutcomeKind::kSettled:
            receipts(outcome.status).add();
            break;
        case OutcomeKind::kDeadLettered:
            receipts("dead_lettered").add();
            break;
        case OutcomeKind::kRetried:
            retried_.add();
            break;
    }
}

void ConsumeMetrics::outcome_dropped(const consume::InFlight&) {
    dropped_.add();
}

void ConsumeMetrics::record_waits(const consume::InFlight&, const Failure& failure, std::chrono::milliseconds) {
    waits_.add();
    // The same outage is told once, not once a record.
    const std::string text = describe(failure);
    if (text != waiting_text_ || !waited_at_ || time_.now() - *waited_at_ > kRecently) {
        log::error("outage", {{"dependency", to_string(failure.dependency)}, {"failure", text}});
    }
    waiting_text_ = text;
    waited_at_ = time_.now();
}

void ConsumeMetrics::transaction_committed(std::size_t, std::chrono::milliseconds took) {
    transaction_seconds_.observe(took);
}

void ConsumeMetrics::transaction_failed(const Failure& failure, bool in_doubt) {
    aborted_.add();
    log::warning("transaction_failed", {{"in_doubt", in_doubt ? "yes" : "no"}, {"failure", describe(failure)}});
}

void ConsumeMetrics::producer_made(std::chrono::milliseconds took) {
    log::info("producer_ready", {{"took_ms", took.count()}});
}

void ConsumeMetrics::outcome_reduced(const consume::Outcome& outcome) {
    reduced_.add();
    log::warning("outcome_reduced", {{"event", outcome.subject.event_id}, {"reductions", outcome.reductions}});
}

void ConsumeMetrics::shard_outage(std::string_view text) {
    if (text.empty()) {
        log::info("kafka_outage_ended");
    } else {
        log::error("kafka_outage", {{"why", text}});
    }
}

std::string ConsumeMetrics::waiting_for() const {
    if (!waited_at_ || time_.now() - *waited_at_ > kRecently) return {};
    return waiting_text_;
}

}  // namespace strongroom::worker
