#include "shared/genesys/token_exchange.hpp"

#include <algorithm>

#include "shared/base/encoding.hpp"
#include "shared/genesys/api_failure.hpp"
#include "shared/genesys/json_reader.hpp"

namespace strongroom::genesys {
namespace {

constexpr std::chrono::seconds kAssumedLifetime{300};
constexpr std::chrono::seconds kShortestLifetime{10};
constexpr std::chrono::seconds kLongestLifetime{std::chrono::hours{24 * 365}};

std::string what(const PlatformConfig& config) {
    return "POST " + http::loggable_url(config.token_url);
}

std::string form_field(std::string_view name, std::string_view value) {
    return "&" + std::string{name} + "=" + percent_encode(value);
}

/// A token goes into a header as it is: RFC 6750 section 2.1 allows these characters.
bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

std::chrono::milliseconds lifetime_of(const boost::json::object& object) {
    const auto* member = object.if_contains("expires_in");
    if (member == nullptr || !member->is_number()) return kAssumedLifetime;
    const double seconds = std::clamp(member->to_number<double>(), static_cast<double>(kShortestLifetime.count()),
                                      static_cast<double>(kLongestLifetime.count()));
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::duration<double>{seconds});
}

Failure no_token(const PlatformConfig& config) {
    return {.kind = FailureKind::kTransient,
            .dependency = Dependency::kToken,
            .cause = Cause::kCorrupt,
            .message = what(config) + " answered 200 without an access_token; is token_url a token endpoint?"};
}

}  // namespace

http::Request token_request(const PlatformConfig& config) {
    http::Request request{.method = "POST", .url = config.token_url};
    request.timeout = config.timeout;
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.headers.add("Accept", "application/json");
    request.body = "grant_type=client_credentials";
    if (config.credentials_in == CredentialsIn::kHeader) {
        // The platform takes id and secret as they are (RFC 6749 section 2.3.1 would form-encode them first; its ids
        // and secrets consist of characters that this leaves alone).
        const Secret pair{config.client_id + ":" + std::string{config.client_secret.reveal()}};
        request.headers.add("Authorization", "Basic " + base64_encode(as_bytes(pair.reveal())));
    } else {
        request.body += form_field("client_id", config.client_id);
        request.body += form_field("client_secret", config.client_secret.reveal());
    }
    if (!config.scope.empty()) request.body += form_field("scope", config.scope);
    return request;
}

Result<IssuedToken> read_token(const http::Response& response, WallTime now, const PlatformConfig& config) {
    if (response.head.status != 200) return token_failure(response, now, what(config));
    const auto object = parse_object(response.body);
    if (!object) return no_token(config);
    Secret value{text_of(*object, "access_token")};
    if (!is_token(value.reveal())) return no_token(config);
    return IssuedToken{std::move(value), lifetime_of(*object)};
}

}  // namespace strongroom::genesys
