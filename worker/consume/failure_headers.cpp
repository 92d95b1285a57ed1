#include "worker/consume/failure_headers.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace strongroom::consume {
namespace {

using records::set_header;
namespace header = records::header;

constexpr std::size_t kLongestMessage = 1024;

/// At most 1 KiB, never cut inside a UTF-8 character.
std::string shortened(const std::string& text) {
    if (text.size() <= kLongestMessage) return text;
    std::size_t end = kLongestMessage;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end);
}

void set_if_known(records::RecordHeaders& headers, std::string_view name, const std::string& value) {
    if (!value.empty()) set_header(headers, name, value);
}

void set_origin(records::RecordHeaders& headers, const kafka::Record& record) {
    if (records::find_header(headers, header::kOriginTopic)) return;
    set_header(headers, header::kOriginTopic, record.at.topic);
    set_header(headers, header::kOriginPartition, std::to_string(record.at.partition));
    set_header(headers, header::kOriginOffset, std::to_string(record.offset));
    set_header(headers, header::kOriginTimestamp, std::to_string(record.timestamp_ms));
}

}  // namespace

records::RecordHeaders failure_headers(const InFlight& item, const Subject& subject, const Failure& failure,
                                       WallTime now) {
    records::RecordHeaders headers = item.record.headers;
    set_origin(headers, item.record);
    if (!records::find_number(headers, header::kFirstFailureAt))
        set_header(headers, header::kFirstFailureAt, std::to_string(now.time_since_epoch().count()));
    set_header(headers, header::kFailureKind, std::string{to_string(failure.kind)});
    set_header(headers, header::kFailureDependency, std::string{to_string(failure.dependency)});
    set_header(headers, header::kFailureStage, std::string{to_string(failure.stage)});
    set_header(headers, header::kFailureMessage, shortened(failure.message));
    set_if_known(headers, header::kTenant, subject.tenant);
    set_if_known(headers, header::kWorkItem, subject.work_item);
    set_if_known(headers, header::kEventId, subject.event_id);
    return headers;
}

WallTime not_ready_since(const InFlight& item, const Failure& failure, WallTime now) {
    const auto& headers = item.record.headers;
    const auto since = records::find_number(headers, header::kNotReadySince);
    if (!since) return now;
    const bool was_write_back = records::find_header(headers, header::kFailureStage) == to_string(Stage::kWriteBack);
    if (failure.stage == Stage::kWriteBack && !was_write_back) return now;
    return std::min(now, WallTime{std::chrono::milliseconds{*since}});
}

int attempt_of(const kafka::Record& record) {
    constexpr std::int64_t kMost = std::numeric_limits<int>::max() - 1;
    const auto counted = records::find_number(record.headers, header::kAttempt).value_or(0);
    return static_cast<int>(std::clamp<std::int64_t>(counted, 0, kMost)) + 1;
}

std::optional<WallTime> not_before(const kafka::Record& record) {
    const auto time = records::find_number(record.headers, header::kNotBefore);
    if (!time) return std::nullopt;
    return WallTime{std::chrono::milliseconds{*time}};
}

}  // namespace strongroom::consume
