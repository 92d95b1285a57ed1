#pragma once

#include <chrono>
#include <random>
#include <string>

#include "shared/base/time_source.hpp"
#include "shared/runtime/sleeper.hpp"
#include "shared/runtime/task_group.hpp"
#include "worker/consume/consume_config.hpp"
#include "worker/consume/consume_observer.hpp"
#include "worker/consume/dead_letter.hpp"
#include "worker/consume/decision_table.hpp"
#include "worker/consume/outcome.hpp"
#include "worker/consume/retry_tiers.hpp"
#include "worker/consume/work_handler.hpp"

namespace strongroom::consume {

/// To whom a dispatcher reports: the lane that admitted the record.
class DispatchSink {
  public:
    virtual ~DispatchSink() = default;
    /// The record has its outcome.
    virtual void on_outcome(OutcomePtr outcome) = 0;
    /// The record ends without one: its partition went away or the shard drains.
    virtual void on_abandoned(const InFlightPtr& item) = 0;
    /// It begins or ends to wait in memory; what waits is not worth a drain's time.
    virtual void on_waiting(const InFlight& item, bool waiting) = 0;
    /// Whether it makes sense to go on with a record that has waited.
    [[nodiscard]] virtual bool wants(const InFlight& item) const = 0;
    /// Whether others have to wait for it: for room, or for their commit.
    [[nodiscard]] virtual bool is_in_the_way(const InFlight& item) const = 0;
};

/// What the dispatchers of a shard share.
struct DispatchParts {
    TaskGroup& tasks;
    WorkHandler& handler;
    TimeSource& time;
    Sleeper& sleeper;
    std::mt19937_64& random;
    const RetryTiers& tiers;
    const DeadLetters& dead_letters;
    ConsumeObserver& observer;
};

/// Runs the handler for every record whose turn it is, and asks the decision table what becomes of a failure.
class Dispatcher {
  public:
    /// All of it outlives the tasks.
    Dispatcher(DispatchParts parts, const RetryConfig& config, std::string group, DispatchSink& sink);

    void start(InFlightPtr item);

  private:
    Task<> run(InFlightPtr item);
    [[nodiscard]] Decision decide_fate(const InFlight& item, const Failure& failure,
                                       std::chrono::milliseconds waited) const;
    OutcomePtr make_outcome(InFlightPtr item, Subject subject, Failed failed, const Decision& decision,
                            std::chrono::milliseconds waited) const;
    std::chrono::milliseconds outage_delay(int tries);
    void report(OutcomePtr outcome);

    DispatchParts parts_;
    RetryConfig config_;
    std::string group_;
    DispatchSink& sink_;
};

}  // namespace strongroom::consume
