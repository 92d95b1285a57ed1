#include "producer/normalise/event_bridge.hpp"

#include "producer/normalise/field.hpp"

namespace strongroom::normalise {

Result<std::optional<EventBridgeEnvelope>> read_event_bridge(const boost::json::object& root) {
    if (!root.contains("detail-type")) return std::optional<EventBridgeEnvelope>{};
    const auto kind = text_field(root, "detail-type");
    if (!kind) return kind.error();
    EventBridgeEnvelope envelope{.detail = object_field(root, "detail"), .id = {}, .kind = printable(*kind)};
    if (envelope.detail == nullptr) return poison("detail is missing or not an object");
    if (root.contains("id")) {
        auto id = text_field(root, "id");
        if (!id) return id.error();
        envelope.id = *std::move(id);
    }
    return std::optional{std::move(envelope)};
}

}  // namespace strongroom::normalise
