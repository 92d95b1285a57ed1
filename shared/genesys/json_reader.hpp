#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

namespace strongroom::genesys {

/// Parses a JSON object of at most 1 MiB and 16 levels; nothing when it is anything else.
std::optional<boost::json::object> parse_object(std::string_view text);

/// The string member of that name; empty when it is missing or of another type.
std::string text_of(const boost::json::object& object, std::string_view name);

}  // namespace strongroom::genesys
