#include "producer/normalise/detail_data.hpp"

#include "producer/normalise/field.hpp"

namespace strongroom::normalise {

std::optional<Shape> read_detail_data(const boost::json::object& root) {
    const boost::json::object* detail = object_field(root, "detail");
    const boost::json::object* data = detail == nullptr ? nullptr : object_field(*detail, "data");
    if (data == nullptr) return std::nullopt;
    return Shape{data, {data, detail, &root}};
}

}  // namespace strongroom::normalise
