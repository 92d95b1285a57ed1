#include "tests/simulator/api_routes.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "tests/simulator/error_reply.hpp"
#include "tests/simulator/json_fields.hpp"

namespace strongroom::simulator {
namespace json = boost::json;
namespace {

Reply wrong_method(std::string_view correlation) {
    return api_error(405, "method.not.allowed", "The method is not allowed for this resource.", correlation);
}

json::object describe(const PlatformState& state, const std::string& id, const Media& media) {
    json::object body{{"id", id}, {"status", media.status}, {"contentType", media.content_type}};
    if (!media.interaction_id.empty()) body.emplace("interactionId", media.interaction_id);
    if (!media.omit_size) {
        body.emplace("size", media.size);
        body.emplace("fileSize", media.size);
    }
    if (!media.started_at.empty()) body.emplace("startTime", media.started_at);
    if (media.status == "complete" && !media.omit_download_url) {
        body.emplace("downloadUrl", state.config.public_url + state.urls.sign(id));
    }
    body.emplace("selfUri", "/api/v2/media/" + id);
    return body;
}

Reply answer_media(const PlatformState& state, const Request& request, const std::string& id,
                   std::string_view correlation) {
    if (request.method != "GET") return wrong_method(correlation);
    const auto media = state.media.find(id);
    if (media.gone) return usual_api_error(410, "", correlation);
    return {.text = json::serialize(describe(state, id, media))};
}

Reply interaction(const PlatformState& state, const std::string& id) {
    const json::object body{{"id", id}, {"metadata", state.interactions.metadata(id)}};
    return {.text = json::serialize(body)};
}

Reply answer_interactions(PlatformState& state, const Request& request, const std::string& id,
                          std::string_view correlation) {
    if (request.method == "GET") return interaction(state, id);
    if (request.method != "PATCH") return wrong_method(correlation);
    const auto body = parse_object(request.body);
    const auto* metadata = body ? body->if_contains("metadata") : nullptr;
    if (metadata == nullptr || !metadata->is_object()) {
        return api_error(400, "invalid.value", "Value [metadata] is not valid: an object is expected", correlation);
    }
    state.interactions.merge(id, metadata->get_object());
    return interaction(state, id);
}

void add_rate_headers(const RateLimit::Usage& usage, Reply& reply) {
    reply.add_header("inin-ratelimit-count", std::to_string(usage.count));
    reply.add_header("inin-ratelimit-allowed", std::to_string(usage.allowed));
    reply.add_header("inin-ratelimit-reset", std::to_string(usage.reset.count()));
}

Reply answer_authorized(PlatformState& state, const Request& request, const RouteMatch& match,
                        std::string_view correlation) {
    return match.route == Route::kMedia ? answer_media(state, request, match.id, correlation)
                                        : answer_interactions(state, request, match.id, correlation);
}

}  // namespace

Reply answer_api(PlatformState& state, const Request& request, const RouteMatch& match, std::string_view correlation) {
    constexpr std::string_view kBearer = "Bearer ";
    if (!request.authorization.starts_with(kBearer)) {
        return api_error(401, "authentication.required",
                         "No authentication bearer token specified in authorization header.", correlation);
    }
    const auto token = request.authorization.substr(kBearer.size());
    if (!state.tokens.is_valid(token)) return usual_api_error(401, "", correlation);
    const auto usage = state.rate_limit.count(token);
    auto reply = usage.exceeded() ? too_many_requests(std::to_string(usage.reset.count()), correlation)
                                  : answer_authorized(state, request, match, correlation);
    add_rate_headers(usage, reply);
    return reply;
}

}  // namespace strongroom::simulator
