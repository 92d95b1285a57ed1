#include "producer/normalise/field.hpp"

#include <algorithm>
#include <utility>

namespace strongroom::normalise {
namespace {

constexpr std::size_t kMaxShown = 100;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

Failure poison(std::string message) {
    return {.kind = FailureKind::kPoison, .stage = Stage::kDecode, .message = std::move(message)};
}

Result<std::string> text_of(const boost::json::value& value, std::string_view name) {
    if (const auto* text = value.if_string()) return std::string{text->data(), text->size()};
    return poison(std::string{name} + " is not a text");
}

Result<std::string> text_field(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = object.if_contains(name);
    if (value == nullptr) return poison(std::string{name} + " is missing");
    return text_of(*value, name);
}

const boost::json::object* object_field(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string printable(std::string_view text) {
    std::string shown{text.substr(0, kMaxShown)};
    std::ranges::replace_if(shown, [](char c) { return c < ' ' || c > '~'; }, '?');
    return shown;
}

}  // namespace strongroom::normalise
