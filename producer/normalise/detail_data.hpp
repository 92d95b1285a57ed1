#pragma once

#include <optional>

#include "producer/normalise/shape.hpp"

namespace strongroom::normalise {

/// `{"detail": {"eventType": "media", "status": "complete", "data": {"mediaId": …, "interactionId": …}}}`
std::optional<Shape> read_detail_data(const boost::json::object& root);

}  // namespace strongroom::normalise
