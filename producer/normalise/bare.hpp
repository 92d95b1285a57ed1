#pragma once

#include <optional>

#include "producer/normalise/shape.hpp"

namespace strongroom::normalise {

/// `{"mediaId": …, "interactionId": …}`
std::optional<Shape> read_bare(const boost::json::object& root);

}  // namespace strongroom::normalise
