#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/records/event.hpp"

namespace strongroom::records {

/// Reads a record's value (proto/strongroom/event/v1). Failures at stage decode: poison when the bytes are no event,
/// when a required id is missing or when one is not safe (identifier.hpp); not_ready with Cause::kUnsupported when a
/// newer producer wrote a subject or a delivery that this program does not know. An event without id gets
/// derived_event_id. Any thread.
Result<Event> decode_event(std::string_view bytes);

/// The wire form; what it does not check, decode_event will (check_event first where the event is made here).
std::string encode_event(const Event& event);

/// The checks of decode_event, for events that are made here.
Result<> check_event(const Event& event);

/// The id of an event whose source gives none: a name-based UUID (RFC 4122 version 5) of tenant and subject, so the
/// same happening told twice is one event.
std::string derived_event_id(const Event& event);

/// What can be told about an event that decode_event refused: only values that are safe to show; empty otherwise.
struct EventHints {
    std::string tenant{};
    std::string event_id{};
};
EventHints hints_of(std::string_view bytes);

}  // namespace strongroom::records
