#pragma once

#include <optional>
#include <string>

#include <boost/json/object.hpp>

#include "shared/base/result.hpp"

namespace strongroom::normalise {

/// What EventBridge wraps around a message (Amazon EventBridge User Guide, "Event structure").
struct EventBridgeEnvelope {
    const boost::json::object* detail = nullptr;  ///< the message itself; points into the envelope
    std::string id;                               ///< the same when EventBridge delivers twice; empty when it has none
    std::string kind;                             ///< `detail-type`, printable
};

/// Nothing when the object has no `detail-type`: then it is no envelope. Poison when it is one without a `detail`
/// object.
Result<std::optional<EventBridgeEnvelope>> read_event_bridge(const boost::json::object& root);

}  // namespace strongroom::normalise
