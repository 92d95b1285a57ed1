#pragma once

#include <optional>

#include "producer/normalise/shape.hpp"

namespace strongroom::normalise {

/// `{"eventType": "media", "data": {"mediaId": …, "interactionId": …}}`
std::optional<Shape> read_data(const boost::json::object& root);

}  // namespace strongroom::normalise
