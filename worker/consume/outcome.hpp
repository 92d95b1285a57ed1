#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/failure.hpp"
#include "shared/kafka/record.hpp"
#include "worker/consume/in_flight.hpp"
#include "worker/consume/work_handler.hpp"

namespace strongroom::consume {

enum class OutcomeKind { kSettled, kRetried, kDeadLettered };

/// What a record ends in, kept until the transaction that carries it is committed. The consumed record stays with it: a
/// reduced form is made from it when the broker refuses this one.
struct Outcome {
    InFlightPtr item{};
    OutcomeKind kind = OutcomeKind::kSettled;
    std::vector<kafka::OutboundRecord> records{};
    /// Of kRetried: `sr-not-before` is the time of producing plus this, so it is stamped only then.
    std::optional<std::chrono::milliseconds> retry_delay{};
    Subject subject{};
    Failure failure{};      ///< of kRetried and kDeadLettered
    std::string status{};   ///< of kSettled, for metrics
    int reductions = 0;     ///< how often it was reduced after a refusal
    std::size_t bytes = 0;  ///< what it costs of its lane's budget while it is held
};

using OutcomePtr = std::shared_ptr<Outcome>;

/// Key, value and headers of all its records.
std::size_t record_bytes(const Outcome& outcome);

/// Its records as they are to be produced now.
void append_records(const Outcome& outcome, WallTime now, std::vector<kafka::OutboundRecord>& into);

}  // namespace strongroom::consume
