#include "worker/consume/in_flight.hpp"

namespace strongroom::consume {

std::string_view to_string(LaneKind lane) {
    switch (lane) {
        case LaneKind::kLive:
            return "live";
        case LaneKind::kRetry:
            return "retry";
        case LaneKind::kBackfill:
            return "backfill";
    }
    return "unknown";
}

std::size_t cost_of(const kafka::Record& record) {
    constexpr std::size_t kKeeping = 256;
    std::size_t bytes = kKeeping + record.key.value_or("").size() + record.value.value_or("").size();
    for (const auto& [name, value] : record.headers) bytes += name.size() + value.size();
    return bytes;
}

}  // namespace strongroom::consume
