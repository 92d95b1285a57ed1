#include "producer/normalise/normaliser.hpp"

#include <array>
#include <span>

#include <boost/json/parse.hpp>

#include "producer/normalise/event_bridge.hpp"
#include "producer/normalise/event_time.hpp"
#include "producer/normalise/field.hpp"
#include "producer/normalise/shape.hpp"
#include "shared/records/event_codec.hpp"

namespace strongroom::normalise {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxDepth = 32;

Failure no_json(const boost::system::error_code& error) {
    return {.kind = FailureKind::kPoison, .stage = Stage::kDecode, .message = "not valid JSON: " + error.message()};
}

/// Whether a field that says what the message is about, anywhere around the ids, says something else than `wanted`.
Result<std::optional<Skipped>> other_than(std::string_view wanted, std::string_view field,
                                          const std::vector<const json::object*>& levels) {
    for (const json::object* level : levels) {
        const json::value* value = level->if_contains(field);
        if (value == nullptr || value->is_null()) continue;
        const auto text = text_of(*value, field);
        if (!text) return text.error();
        if (!equal_ignoring_case(*text, wanted)) return Skipped{std::string{field} + " is not " + std::string{wanted}};
    }
    return std::optional<Skipped>{};
}

Result<records::Event> to_event(const Shape& shape, const std::vector<const json::object*>& levels,
                                const Intake& intake) {
    const auto media = text_field(*shape.ids, "mediaId");
    if (!media) return media.error();
    const auto interaction = text_field(*shape.ids, "interactionId");
    if (!interaction) return interaction.error();
    const auto time = own_time(levels);
    if (!time) return time.error();
    return records::Event{.tenant = intake.tenant,
                          .source = intake.source,
                          .occurred_at = time->value_or(intake.received_at),
                          .received_at = intake.received_at,
                          .subject = records::ArchivedMedia{*media, *interaction}};
}

/// The objects whose fields may say what the message is about, innermost first.
std::vector<const json::object*> levels_of(const json::object& root, const std::optional<Shape>& shape) {
    std::vector<const json::object*> levels;
    if (shape)
        levels = shape->levels;
    else if (const json::object* detail = object_field(root, "detail"))
        levels.push_back(detail);
    levels.push_back(&root);
    return levels;
}

Result<Normalised> read_object(const json::object& root, const Intake& intake) {
    auto envelope = read_event_bridge(root);
    if (!envelope) return envelope.error();
    const std::optional<Shape> shape = read_shape(*envelope ? *(*envelope)->detail : root);
    const std::vector<const json::object*> levels = levels_of(root, shape);
    constexpr std::array<std::array<std::string_view, 2>, 2> kFilters{{{"media", "eventType"}, {"complete", "status"}}};
    if (!shape && *envelope) return Skipped{"another event: " + (*envelope)->kind};
    for (const auto& [wanted, field] : kFilters) {
        auto skipped = other_than(wanted, field, levels);
        if (!skipped) return skipped.error();
        if (*skipped) return **std::move(skipped);
    }
    if (!shape) return poison("there is no mediaId and interactionId (in detail.data, in data or at the top)");
    auto event = to_event(*shape, levels, intake);
    if (!event) return event.error();
    event->id = *envelope ? (*envelope)->id : "";
    if (event->id.empty()) event->id = records::derived_event_id(*event);
    if (const auto checked = records::check_event(*event); !checked) return checked.error();
    return *std::move(event);
}

}  // namespace

Result<Normalised> normalise(std::string_view text, const Intake& intake) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error, {}, {.max_depth = kMaxDepth});
    if (error) return no_json(error);
    if (!value.is_object()) return poison("not a JSON object");
    return read_object(value.get_object(), intake);
}

}  // namespace strongroom::normalise
