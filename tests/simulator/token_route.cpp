#include "tests/simulator/token_route.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "shared/base/encoding.hpp"
#include "tests/simulator/error_reply.hpp"
#include "tests/simulator/route.hpp"

namespace strongroom::simulator {
namespace json = boost::json;
namespace {

struct Credentials {
    std::string client;
    std::string secret;
};

Credentials read_credentials(const Request& request) {
    if (request.authorization.starts_with("Basic ")) {
        const auto bytes = base64_decode(request.authorization.substr(6));
        if (!bytes) return {};
        const auto text = as_text(*bytes);
        const auto colon = text.find(':');
        if (colon == std::string_view::npos) return {};
        return {std::string{text.substr(0, colon)}, std::string{text.substr(colon + 1)}};
    }
    return {form_value(request.body, "client_id").value_or(""), form_value(request.body, "client_secret").value_or("")};
}

}  // namespace

std::string client_of(const Request& request) {
    return read_credentials(request).client;
}

Reply answer_token(Tokens& tokens, const Request& request) {
    if (request.method != "POST") return oauth_error(405, "invalid_request", "use POST");
    if (!request.content_type.starts_with("application/x-www-form-urlencoded")) {
        return oauth_error(400, "invalid_request", "the body must be application/x-www-form-urlencoded");
    }
    const auto grant = form_value(request.body, "grant_type");
    if (!grant) return oauth_error(400, "invalid_request", "grant_type is missing");
    const auto [client, secret] = read_credentials(request);
    if (!tokens.knows(client, secret)) return oauth_error(401, "invalid_client", "client authentication failed");
    if (*grant != "client_credentials") {
        return oauth_error(400, "unsupported_grant_type", "only client_credentials is supported");
    }
    const auto issued = tokens.issue();
    json::object body{
        {"access_token", issued.token}, {"token_type", "bearer"}, {"expires_in", issued.expires_in.count()}};
    if (const auto scope = form_value(request.body, "scope")) body.emplace("scope", *scope);
    Reply reply{.text = json::serialize(body)};
    reply.add_header("Cache-Control", "no-store");
    return reply;
}

}  // namespace strongroom::simulator
