#include "tests/simulator/json_fields.hpp"

#include <algorithm>
#include <limits>

#include <boost/json/parse.hpp>

namespace strongroom::simulator {
namespace json = boost::json;

const json::value* JsonFields::take(std::string_view key) {
    known_.emplace_back(key);
    const auto* value = object_.if_contains(key);
    return value == nullptr || value->is_null() ? nullptr : value;
}

void JsonFields::mistake(std::string_view key, std::string_view expected) {
    mistakes_.push_back(std::string{key} + ": expected " + std::string{expected});
}

void JsonFields::read(std::string_view key, bool& into) {
    const auto* value = take(key);
    if (value == nullptr) return;
    if (const auto* flag = value->if_bool()) {
        into = *flag;
    } else {
        mistake(key, "true or false");
    }
}

void JsonFields::read(std::string_view key, std::int64_t& into) {
    const auto* value = take(key);
    if (value == nullptr) return;
    if (const auto* number = value->if_int64()) {
        into = *number;
    } else {
        mistake(key, "a whole number");
    }
}

void JsonFields::read(std::string_view key, std::uint64_t& into) {
    std::int64_t number = 0;
    const auto mistakes = mistakes_.size();
    read(key, number);
    if (!object_.contains(key) || mistakes != mistakes_.size()) return;
    if (number < 0) return mistake(key, "a number that is not negative");
    into = static_cast<std::uint64_t>(number);
}

void JsonFields::read(std::string_view key, int& into) {
    std::uint64_t number = static_cast<std::uint64_t>(into);
    read(key, number);
    if (number > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) return mistake(key, "a smaller number");
    into = static_cast<int>(number);
}

void JsonFields::read(std::string_view key, std::string& into) {
    const auto* value = take(key);
    if (value == nullptr) return;
    if (const auto* text = value->if_string()) {
        into.assign(text->data(), text->size());
    } else {
        mistake(key, "text");
    }
}

std::string JsonFields::mistakes() const {
    std::string all;
    const auto add = [&all](std::string_view text) { all.append(all.empty() ? "" : "; ").append(text); };
    for (const auto& text : mistakes_) add(text);
    for (const auto& field : object_) {
        const std::string_view key{field.key().data(), field.key().size()};
        if (std::ranges::find(known_, key) == known_.end()) add(std::string{key} + ": unknown field");
    }
    return all;
}

std::optional<json::object> parse_object(std::string_view body) {
    if (body.empty()) return json::object{};
    boost::system::error_code error;
    auto value = json::parse(body, error);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

}  // namespace strongroom::simulator
