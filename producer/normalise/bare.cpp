#include "producer/normalise/bare.hpp"

namespace strongroom::normalise {

std::optional<Shape> read_bare(const boost::json::object& root) {
    if (!root.contains("mediaId") && !root.contains("interactionId")) return std::nullopt;
    return Shape{&root, {&root}};
}

}  // namespace strongroom::normalise
