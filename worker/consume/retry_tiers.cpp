#include "worker/consume/retry_tiers.hpp"

#include <stdexcept>

namespace strongroom::consume {
namespace {

namespace header = records::header;

void set_attempt(records::RecordHeaders& headers, int counted) {
    if (counted > 0)
        records::set_header(headers, header::kAttempt, std::to_string(counted));
    else
        records::remove_header(headers, header::kAttempt);
}

/// While a dependency is out nobody can tell whether the thing would have been ready.
void set_not_ready_since(records::RecordHeaders& headers, const InFlight& item, const Failure& failure,
                         std::chrono::milliseconds outage, WallTime now) {
    auto since = not_ready_since(item, failure, now);
    if (failure.kind == FailureKind::kOutage) {
        if (!records::find_number(headers, header::kNotReadySince)) return;
        since += outage;
    } else if (failure.kind != FailureKind::kNotReady) {
        return;
    }
    records::set_header(headers, header::kNotReadySince, std::to_string(since.time_since_epoch().count()));
}

}  // namespace

RetryTiers::RetryTiers(const records::TopicNames& names, std::vector<std::chrono::milliseconds> delays)
    : delays_{std::move(delays)} {
    if (delays_.empty()) throw std::invalid_argument{"retry.tiers is empty"};
    for (const auto delay : delays_) topics_.push_back(names.retry(delay));
}

OutcomePtr RetryTiers::retried(InFlightPtr item, Subject subject, Failure failure, Passage passage,
                               WallTime now) const {
    auto headers = failure_headers(*item, subject, failure, now);
    set_attempt(headers, passage.counted ? item->attempt : item->attempt - 1);
    set_not_ready_since(headers, *item, failure, passage.outage_wait + delays_[passage.tier], now);
    kafka::OutboundRecord record{.topic = topics_[passage.tier],
                                 .key = item->record.key,
                                 .value = item->record.value,
                                 .headers = std::move(headers)};
    auto outcome = std::make_shared<Outcome>();
    outcome->item = std::move(item);
    outcome->kind = OutcomeKind::kRetried;
    outcome->records.push_back(std::move(record));
    outcome->retry_delay = delays_[passage.tier];
    outcome->subject = std::move(subject);
    outcome->failure = std::move(failure);
    return outcome;
}

}  // namespace strongroom::consume
