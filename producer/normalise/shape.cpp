#include "producer/normalise/shape.hpp"

#include "producer/normalise/bare.hpp"
#include "producer/normalise/data.hpp"
#include "producer/normalise/detail_data.hpp"

namespace strongroom::normalise {

std::optional<Shape> read_shape(const boost::json::object& root) {
    for (const auto read : {read_detail_data, read_data, read_bare}) {
        if (auto shape = read(root)) return shape;
    }
    return std::nullopt;
}

}  // namespace strongroom::normalise
