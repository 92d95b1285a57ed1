#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "shared/base/time_source.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::consume {

enum class LaneKind { kLive, kRetry, kBackfill };

/// Stable lower-case words for metrics and logs.
std::string_view to_string(LaneKind lane);

/// A record that was admitted and is not settled: the unit that queues, runs, waits and becomes an outcome.
struct InFlight {
    kafka::Record record;
    LaneKind lane = LaneKind::kLive;
    std::int64_t epoch = 0;  ///< assignment epoch under which it was read
    int attempt = 1;         ///< counted deliveries, this one included
    std::size_t bytes = 0;   ///< what it costs of its lane's budget
    SteadyTime admitted{};
};

using InFlightPtr = std::shared_ptr<InFlight>;

/// Key, value and headers, with a share for their keeping.
std::size_t cost_of(const kafka::Record& record);

}  // namespace strongroom::consume
