#include "worker/consume/outcome.hpp"

#include "shared/records/record_headers.hpp"

namespace strongroom::consume {

std::size_t record_bytes(const Outcome& outcome) {
    std::size_t bytes = 0;
    for (const auto& record : outcome.records) {
        bytes += record.key.value_or("").size() + record.value.value_or("").size();
        for (const auto& [name, value] : record.headers) bytes += name.size() + value.size();
    }
    return bytes;
}

void append_records(const Outcome& outcome, WallTime now, std::vector<kafka::OutboundRecord>& into) {
    into.insert(into.end(), outcome.records.begin(), outcome.records.end());
    if (!outcome.retry_delay) return;
    const auto due = (now + *outcome.retry_delay).time_since_epoch();
    records::set_header(into.back().headers, records::header::kNotBefore, std::to_string(due.count()));
}

}  // namespace strongroom::consume
