#include "tests/simulator/error_reply.hpp"

#include <algorithm>
#include <array>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace strongroom::simulator {
namespace json = boost::json;
namespace {

struct Usual {
    int status;
    std::string_view code;
    std::string_view message;
};

constexpr std::array kApi{
    Usual{400, "bad.request", "The request could not be understood by the server due to malformed syntax."},
    Usual{401, "bad.credentials", "Invalid login credentials."},
    Usual{403, "not.authorized", "You are not authorized to perform the requested action."},
    Usual{404, "not.found", "The requested resource was not found."},
    Usual{409, "conflict", "The request conflicts with the current state of the resource."},
    Usual{410, "gone", "The requested resource has been deleted."},
    Usual{500, "internal.server.error", "The server encountered an unexpected condition."},
    Usual{502, "bad.gateway", "The upstream service sent an invalid response."},
    Usual{503, "service.unavailable", "Service Unavailable - The server is currently unavailable."},
    Usual{504, "request.timeout", "The request timed out."},
};

constexpr std::array kOAuth{
    Usual{400, "invalid_request", "the request is missing a parameter"},
    Usual{401, "invalid_client", "client authentication failed"},
    Usual{403, "unauthorized_client", "the client is disabled"},
    Usual{503, "temporarily_unavailable", "the authorization server is overloaded"},
};

constexpr std::array kStore{
    Usual{403, "AccessDenied", "Access Denied"},
    Usual{404, "NoSuchKey", "The specified key does not exist."},
    Usual{412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold"},
    Usual{416, "InvalidRange", "The requested range is not satisfiable"},
    Usual{500, "InternalError", "We encountered an internal error. Please try again."},
    Usual{503, "SlowDown", "Please reduce your request rate."},
};

template <std::size_t N>
Usual usual(const std::array<Usual, N>& table, int status, Usual other) {
    const auto found = std::ranges::find(table, status, &Usual::status);
    return found == table.end() ? other : *found;
}

}  // namespace

Reply api_error(int status, std::string_view code, std::string_view message, std::string_view correlation) {
    const json::object body{{"message", message},       {"code", code},
                            {"status", status},         {"contextId", correlation},
                            {"details", json::array{}}, {"errors", json::array{}}};
    return {.status = status, .text = json::serialize(body)};
}

Reply too_many_requests(std::string_view retry_after, std::string_view correlation) {
    const auto message =
        "Rate limit exceeded the maximum. Retry the request in [" + std::string{retry_after} + "] seconds";
    auto reply = api_error(429, "too.many.requests.retry.after", message, correlation);
    if (!retry_after.empty()) reply.add_header("Retry-After", retry_after);
    return reply;
}

Reply oauth_error(int status, std::string_view error, std::string_view description) {
    const json::object body{{"error", error}, {"error_description", description}};
    Reply reply{.status = status, .text = json::serialize(body)};
    if (status == 401) reply.add_header("WWW-Authenticate", "Basic realm=\"oauth\"");
    return reply;
}

Reply store_error(int status, std::string_view code, std::string_view message) {
    Reply reply{.status = status, .content_type = "application/xml"};
    reply.text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>").append(code);
    reply.text.append("</Code><Message>").append(message);
    reply.text.append("</Message><RequestId>0000000000000000</RequestId></Error>");
    return reply;
}

Reply usual_api_error(int status, std::string_view retry_after, std::string_view correlation) {
    if (status == 429) return too_many_requests(retry_after, correlation);
    const auto [_, code, message] = usual(kApi, status, {status, "general.error", "The request failed."});
    auto reply = api_error(status, code, message, correlation);
    if (!retry_after.empty()) reply.add_header("Retry-After", retry_after);
    return reply;
}

Reply usual_oauth_error(int status) {
    const auto [_, error, description] = usual(kOAuth, status, {status, "server_error", "the server failed"});
    return oauth_error(status, error, description);
}

Reply usual_store_error(int status) {
    const auto [_, code, message] = usual(kStore, status, {status, "InternalError", "The request failed."});
    return store_error(status, code, message);
}

}  // namespace strongroom::simulator
