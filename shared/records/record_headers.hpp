#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strongroom::records {

namespace header {
inline constexpr std::string_view kAttempt = "sr-attempt";
inline constexpr std::string_view kNotBefore = "sr-not-before";
inline constexpr std::string_view kNotReadySince = "sr-not-ready-since";
inline constexpr std::string_view kFirstFailureAt = "sr-first-failure-at";
inline constexpr std::string_view kOriginTopic = "sr-origin-topic";
inline constexpr std::string_view kOriginPartition = "sr-origin-partition";
inline constexpr std::string_view kOriginOffset = "sr-origin-offset";
inline constexpr std::string_view kOriginTimestamp = "sr-origin-timestamp";
inline constexpr std::string_view kFailureKind = "sr-failure-kind";
inline constexpr std::string_view kFailureDependency = "sr-failure-dependency";
inline constexpr std::string_view kFailureStage = "sr-failure-stage";
inline constexpr std::string_view kFailureMessage = "sr-failure-message";
inline constexpr std::string_view kTenant = "sr-tenant";
inline constexpr std::string_view kWorkItem = "sr-work-item";
inline constexpr std::string_view kEventId = "sr-event-id";
inline constexpr std::string_view kReplayId = "sr-replay-id";
inline constexpr std::string_view kReplayCount = "sr-replay-count";
}  // namespace header

/// A record's headers: values are bytes, foreign ones are kept as they are and in order.
using RecordHeaders = std::vector<std::pair<std::string, std::string>>;

/// The last value of that name (Kafka allows several).
std::optional<std::string_view> find_header(const RecordHeaders& headers, std::string_view name);
/// An ASCII decimal; nothing when missing or malformed.
std::optional<std::int64_t> find_number(const RecordHeaders& headers, std::string_view name);
/// Replaces every header of that name by one.
void set_header(RecordHeaders& headers, std::string_view name, std::string value);
void remove_header(RecordHeaders& headers, std::string_view name);

}  // namespace strongroom::records
