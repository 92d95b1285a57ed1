#pragma once

#include <optional>
#include <vector>

#include <boost/json/object.hpp>

namespace strongroom::normalise {

/// Where the ids stand in a message, and the objects around them, innermost first. Points into the message.
struct Shape {
    const boost::json::object* ids = nullptr;
    std::vector<const boost::json::object*> levels{};
};

/// The first of the shapes that the message has.
std::optional<Shape> read_shape(const boost::json::object& root);

}  // namespace strongroom::normalise
