#include "tests/simulator/interactions.hpp"

namespace strongroom::simulator {
namespace json = boost::json;

json::object& Interactions::entry(std::string_view id) {
    if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
    if (order_.size() >= capacity_) {
        by_id_.erase(order_.front());
        order_.pop_front();
    }
    return by_id_.emplace(order_.emplace_back(id), json::object{}).first->second;
}

void Interactions::merge(std::string_view id, const json::object& fields) {
    auto& metadata = entry(id);
    for (const auto& field : fields) {
        if (field.value().is_null()) {
            metadata.erase(field.key());
        } else {
            metadata.insert_or_assign(field.key(), field.value());
        }
    }
}

json::object Interactions::metadata(std::string_view id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? json::object{} : found->second;
}

json::object Interactions::all() const {
    json::object object;
    for (const auto& id : order_) object.emplace(id, metadata(id));
    return object;
}

void Interactions::clear() {
    by_id_.clear();
    order_.clear();
}

}  // namespace strongroom::simulator
