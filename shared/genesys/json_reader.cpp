#include "shared/genesys/json_reader.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace strongroom::genesys {
namespace {

constexpr std::size_t kLongest = 1U << 20U;
constexpr std::size_t kDeepest = 16;

}  // namespace

std::optional<boost::json::object> parse_object(std::string_view text) {
    if (text.size() > kLongest) return std::nullopt;
    boost::json::parse_options options;
    options.max_depth = kDeepest;
    boost::json::error_code error;
    boost::json::value value = boost::json::parse({text.data(), text.size()}, error, {}, options);
    if (error || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::string text_of(const boost::json::object& object, std::string_view name) {
    const auto* member = object.if_contains({name.data(), name.size()});
    if (member == nullptr || !member->is_string()) return {};
    return std::string{member->get_string().c_str(), member->get_string().size()};
}

}  // namespace strongroom::genesys
