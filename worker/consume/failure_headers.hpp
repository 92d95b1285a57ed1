#pragma once

#include <optional>

#include "shared/base/failure.hpp"
#include "shared/base/time_source.hpp"
#include "shared/records/record_headers.hpp"
#include "worker/consume/in_flight.hpp"
#include "worker/consume/work_handler.hpp"

namespace strongroom::consume {

/// The record's headers with what every failed record carries on: where it came from first, whom it is about, what
/// failed
/// (`sr-origin-*`, `sr-tenant`, `sr-work-item`, `sr-event-id`, `sr-failure-*`, `sr-first-failure-at`). Replaced, never
/// accumulated; foreign headers stay.
records::RecordHeaders failure_headers(const InFlight& item, const Subject& subject, const Failure& failure,
                                       WallTime now);

/// Since when the record has not been ready for what it is not ready for now: `sr-not-ready-since`, but the
/// write-back's budget begins with the first failure of the write-back.
WallTime not_ready_since(const InFlight& item, const Failure& failure, WallTime now);

/// Counted deliveries, this one included.
int attempt_of(const kafka::Record& record);

/// When a retry record may start; nothing for a record without `sr-not-before`.
std::optional<WallTime> not_before(const kafka::Record& record);

}  // namespace strongroom::consume
