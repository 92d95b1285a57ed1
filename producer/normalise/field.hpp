#pragma once

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "shared/base/result.hpp"

namespace strongroom::normalise {

/// For the rooms of this folder alone.
Failure poison(std::string message);

/// A value that must be text.
Result<std::string> text_of(const boost::json::value& value, std::string_view name);
/// A field that must be there and be text.
Result<std::string> text_field(const boost::json::object& object, std::string_view name);
/// A nested object; null when it is missing or something else.
const boost::json::object* object_field(const boost::json::object& object, std::string_view name);

bool equal_ignoring_case(std::string_view a, std::string_view b);

/// Foreign text for a message: cut, and nothing but printable ASCII.
std::string printable(std::string_view text);

}  // namespace strongroom::normalise
