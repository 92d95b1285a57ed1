#include "worker/consume/dispatcher.hpp"

#include <algorithm>

namespace strongroom::consume {
namespace {

using std::chrono::milliseconds;

OutcomePtr settled_outcome(InFlightPtr item, Subject subject, Settled settled) {
    auto outcome = std::make_shared<Outcome>();
    outcome->item = std::move(item);
    outcome->records = std::move(settled.records);
    outcome->subject = std::move(subject);
    outcome->status = std::move(settled.status);
    return outcome;
}

}  // namespace

Dispatcher::Dispatcher(DispatchParts parts, const RetryConfig& config, std::string group, DispatchSink& sink)
    : parts_{parts}, config_{config}, group_{std::move(group)}, sink_{sink} {}

void Dispatcher::start(InFlightPtr item) {
    parts_.tasks.spawn(run(std::move(item)));
}

Task<> Dispatcher::run(InFlightPtr item) {
    const Delivery delivery{.record = item->record, .group = group_, .epoch = item->epoch, .attempt = item->attempt};
    milliseconds waited{0};
    for (int tries = 1;; ++tries) {
        HandlerResult result = co_await parts_.handler.handle(delivery);
        if (auto* settled = std::get_if<Settled>(&result.end)) {
            report(settled_outcome(std::move(item), std::move(result.subject), std::move(*settled)));
            co_return;
        }
        auto& failed = std::get<Failed>(result.end);
        const Decision decision = decide_fate(*item, failed.failure, waited);
        if (decision.fate != Fate::kWaitInMemory) {
            report(make_outcome(std::move(item), std::move(result.subject), std::move(failed), decision, waited));
            co_return;
        }
        const milliseconds delay = outage_delay(tries);
        parts_.observer.record_waits(*item, failed.failure, delay);
        sink_.on_waiting(*item, true);
        co_await parts_.sleeper.sleep_for(delay);
        sink_.on_waiting(*item, false);
        waited += delay;
        if (!sink_.wants(*item)) {
            sink_.on_abandoned(item);
            co_return;
        }
    }
}

Decision Dispatcher::decide_fate(const InFlight& item, const Failure& failure, milliseconds waited) const {
    const WallTime now = parts_.time.wall_now();
    const bool moves_aside = waited >= config_.outage_hold_when_in_the_way && sink_.is_in_the_way(item);
    const Circumstances circumstances{.attempt = item.attempt,
                                      .max_attempts = config_.max_attempts,
                                      .not_ready_for = now - not_ready_since(item, failure, now),
                                      .not_ready_budget = config_.not_ready_budget,
                                      .write_back_budget = config_.write_back_budget,
                                      .retry_after = failure.retry_after,
                                      .hold_is_over = moves_aside || waited >= config_.outage_hold};
    return decide(failure.kind, failure.stage, circumstances, parts_.tiers.delays());
}

OutcomePtr Dispatcher::make_outcome(InFlightPtr item, Subject subject, Failed failed, const Decision& decision,
                                    milliseconds waited) const {
    const WallTime now = parts_.time.wall_now();
    if (decision.fate == Fate::kDeadLetter)
        return parts_.dead_letters.dead_lettered(std::move(item), std::move(subject), std::move(failed.failure),
                                                 std::move(failed.records_if_dead), now);
    return parts_.tiers.retried(std::move(item), std::move(subject), std::move(failed.failure),
                                {.tier = decision.tier, .counted = decision.counted, .outage_wait = waited}, now);
}

milliseconds Dispatcher::outage_delay(int tries) {
    const auto most =
        std::min<milliseconds>(config_.longest_outage_delay, config_.outage_delay * (1LL << std::min(tries - 1, 20)));
    return milliseconds{
        std::uniform_int_distribution<milliseconds::rep>{most.count() / 2, most.count()}(parts_.random)};
}

void Dispatcher::report(OutcomePtr outcome) {
    const auto took = std::chrono::duration_cast<milliseconds>(parts_.time.now() - outcome->item->admitted);
    parts_.observer.record_ended(*outcome, took);
    sink_.on_outcome(std::move(outcome));
}

}  // namespace strongroom::consume
