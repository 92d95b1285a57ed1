#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace strongroom::simulator {

/// What can be asked for; the words of the control API are `token media download interactions`.
enum class Route { kToken, kMedia, kDownload, kInteractions, kControl, kUnknown };

std::string_view to_string(Route route);
/// Nothing for a word that names no route that can fail (control and unknown are not for tests to break).
std::optional<Route> parse_route(std::string_view word);

struct RouteMatch {
    Route route = Route::kUnknown;
    std::string id{};  ///< percent-decoded; for kControl what follows `/control/`, for kToken empty
};

/// Which route a percent-encoded path is for. An id that is empty, has a slash or cannot be decoded makes it unknown.
RouteMatch match_route(std::string_view path);

/// The first value of `key` in a query or an application/x-www-form-urlencoded body, decoded (`+` is a space).
std::optional<std::string> form_value(std::string_view form, std::string_view key);

}  // namespace strongroom::simulator
