#include "producer/normalise/event_time.hpp"

#include <string>

#include "producer/normalise/field.hpp"
#include "shared/base/units.hpp"

namespace strongroom::normalise {
namespace {

/// 9999-12-31T23:59:59.999Z
constexpr std::int64_t kLastMillisecond = 253'402'300'799'999;

Result<std::optional<WallTime>> read_time(const boost::json::value& value, std::string_view name) {
    if (const auto* text = value.if_string()) {
        const auto time = parse_rfc3339({text->data(), text->size()});
        if (time && time->time_since_epoch().count() >= 0) return std::optional{*time};
    } else if (const auto* number = value.if_int64();
               number != nullptr && *number >= 0 && *number <= kLastMillisecond) {
        return std::optional{WallTime{std::chrono::milliseconds{*number}}};
    }
    return poison(std::string{name} + " is neither RFC 3339 (2026-11-21T09:30:45Z) nor epoch milliseconds");
}

}  // namespace

Result<std::optional<WallTime>> own_time(const std::vector<const boost::json::object*>& levels) {
    for (const boost::json::object* level : levels) {
        for (const std::string_view name : {"occurredAt", "eventTime", "timestamp", "time"}) {
            const boost::json::value* value = level->if_contains(name);
            if (value != nullptr && !value->is_null()) return read_time(*value, name);
        }
    }
    return std::optional<WallTime>{};
}

}  // namespace strongroom::normalise
