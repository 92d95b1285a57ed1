#include "tests/simulator/route.hpp"

#include <algorithm>
#include <array>

#include "shared/base/encoding.hpp"

namespace strongroom::simulator {
namespace {

struct Prefix {
    std::string_view text;
    Route route;
};

constexpr std::array kPrefixes{
    Prefix{"/api/v2/media/", Route::kMedia},
    Prefix{"/download/", Route::kDownload},
    Prefix{"/api/v2/interactions/", Route::kInteractions},
    Prefix{"/control/", Route::kControl},
};

}  // namespace

std::string_view to_string(Route route) {
    switch (route) {
        case Route::kToken:
            return "token";
        case Route::kMedia:
            return "media";
        case Route::kDownload:
            return "download";
        case Route::kInteractions:
            return "interactions";
        case Route::kControl:
            return "control";
        case Route::kUnknown:
            break;
    }
    return "unknown";
}

std::optional<Route> parse_route(std::string_view word) {
    for (const Route route : {Route::kToken, Route::kMedia, Route::kDownload, Route::kInteractions}) {
        if (word == to_string(route)) return route;
    }
    return std::nullopt;
}

RouteMatch match_route(std::string_view path) {
    if (path == "/oauth/token") return {Route::kToken};
    for (const auto& prefix : kPrefixes) {
        if (!path.starts_with(prefix.text)) continue;
        const auto rest = path.substr(prefix.text.size());
        if (prefix.route == Route::kControl) return {Route::kControl, std::string{rest}};
        auto id = percent_decode(rest);
        if (!id || id->empty() || rest.find('/') != std::string_view::npos) return {};
        return {prefix.route, std::move(*id)};
    }
    return {};
}

std::optional<std::string> form_value(std::string_view form, std::string_view key) {
    while (!form.empty()) {
        const auto end = std::min(form.find('&'), form.size());
        const auto pair = form.substr(0, end);
        form.remove_prefix(std::min(end + 1, form.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equals) != key) continue;
        std::string value{pair.substr(std::min(equals + 1, pair.size()))};
        std::ranges::replace(value, '+', ' ');
        return percent_decode(value);
    }
    return std::nullopt;
}

}  // namespace strongroom::simulator
