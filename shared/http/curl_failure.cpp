#include "shared/http/curl_failure.hpp"

#include <algorithm>
#include <string>

#include "shared/http/curl_handles.hpp"

namespace strongroom::http {
namespace {

struct Meaning {
    FailureKind kind;
    Cause cause;
    std::string_view advice;
};

Meaning meaning_of(int code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
            return {FailureKind::kTransient, Cause::kConnect, ""};
        case CURLE_OPERATION_TIMEDOUT:
            return {FailureKind::kTransient, Cause::kTimeout, ""};
        case CURLE_PARTIAL_FILE:
            return {FailureKind::kTransient, Cause::kTruncated, ""};
        case CURLE_PEER_FAILED_VERIFICATION:
            return {FailureKind::kOutage, Cause::kConnect, "; check the server's certificate and the CA file"};
        case CURLE_SSL_CACERT_BADFILE:
            return {FailureKind::kOutage, Cause::kConnect, "; check the CA file"};
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT:
            return {FailureKind::kPermanent, Cause::kUnsupported, "; expected an http or https URL"};
        case CURLE_TOO_MANY_REDIRECTS:
            return {FailureKind::kPermanent, Cause::kOther, ""};
        default:
            return {FailureKind::kTransient, Cause::kOther, ""};
    }
}

/// Error texts are built from what servers and URLs hold.
bool is_loggable(std::string_view text) {
    const auto plain = [](char c) { return c >= ' ' && c <= '~' && c != '?'; };
    return !text.empty() && std::ranges::all_of(text, plain);
}

}  // namespace

Failure curl_failure(int code, std::string_view where, std::string_view detail) {
    const Meaning meaning = meaning_of(code);
    Failure failure{.kind = meaning.kind, .cause = meaning.cause};
    failure.message.append(where).append(": ");
    failure.message.append(curl_easy_strerror(static_cast<CURLcode>(code)));
    if (is_loggable(detail)) failure.message.append(" (").append(detail).append(")");
    failure.message.append(meaning.advice);
    return failure;
}

}  // namespace strongroom::http
