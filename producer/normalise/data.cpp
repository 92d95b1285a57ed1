#include "producer/normalise/data.hpp"

#include "producer/normalise/field.hpp"

namespace strongroom::normalise {

std::optional<Shape> read_data(const boost::json::object& root) {
    const boost::json::object* data = object_field(root, "data");
    if (data == nullptr) return std::nullopt;
    return Shape{data, {data, &root}};
}

}  // namespace strongroom::normalise
