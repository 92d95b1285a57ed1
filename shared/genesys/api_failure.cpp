#include "shared/genesys/api_failure.hpp"

#include <algorithm>

#include "shared/genesys/json_reader.hpp"
#include "shared/http/status_failure.hpp"

namespace strongroom::genesys {
namespace {

constexpr std::size_t kLongestDetail = 300;

void append_printable(std::string& line, std::string_view text) {
    for (const char c : text.substr(0, kLongestDetail)) {
        const auto byte = static_cast<unsigned char>(c);
        line.push_back(byte < 0x20 || byte >= 0x7f ? '?' : c);
    }
}

bool is_redirect(int status) {
    return status >= 300 && status < 400;
}

}  // namespace

std::string error_detail(std::string_view body) {
    const auto object = parse_object(body);
    if (!object) return {};
    std::string code = text_of(*object, "code");
    std::string message = text_of(*object, "message");
    if (code.empty()) code = text_of(*object, "error");
    if (message.empty()) message = text_of(*object, "error_description");
    std::string detail;
    append_printable(detail, code);
    if (!code.empty() && !message.empty()) detail += ": ";
    append_printable(detail, message);
    return detail;
}

Failure api_failure(const http::Response& response, WallTime now, std::string_view what) {
    Failure failure = http::status_failure(response.head, now, what, error_detail(response.body));
    failure.dependency = Dependency::kApi;
    if (response.head.status == 401) {
        failure.kind = FailureKind::kOutage;
        failure.message +=
            "; a fresh token was refused too: is the OAuth client active, and api_url its organisation's?";
    }
    if (is_redirect(response.head.status)) {
        failure.kind = FailureKind::kOutage;
        failure.message += "; the API never redirects: check api_url";
    }
    return failure;
}

Failure token_failure(const http::Response& response, WallTime now, std::string_view what) {
    Failure failure = http::status_failure(response.head, now, what, error_detail(response.body));
    failure.dependency = Dependency::kToken;
    if (failure.kind == FailureKind::kThrottled || failure.kind == FailureKind::kTransient) return failure;
    failure.kind = FailureKind::kOutage;
    failure.message += "; check token_url, client_id and client_secret, and that the client is active";
    return failure;
}

}  // namespace strongroom::genesys
