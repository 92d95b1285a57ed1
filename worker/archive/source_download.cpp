#include "worker/archive/source_download.hpp"

namespace strongroom::archive {
namespace {

constexpr int kRedirects = 3;

struct Meaning {
    FailureKind kind;
    Cause cause;
    const char* text;
};

Meaning meaning_of(int status) {
    switch (status) {
        case 403:
            return {FailureKind::kTransient, Cause::kUrlExpired, "the download URL has expired or was refused"};
        case 404:
            return {FailureKind::kPermanent, Cause::kNotFound, "the media is not at its download URL"};
        case 410:
            return {FailureKind::kPermanent, Cause::kGone, "the media is gone from its download URL"};
        case 429:
            return {FailureKind::kThrottled, Cause::kOther, "the source asks to slow down"};
        case 206:
            return {FailureKind::kTransient, Cause::kTruncated, "the source sent a part that was not asked for"};
        default:
            break;
    }
    if (status >= 500 || status == 408) return {FailureKind::kTransient, Cause::kOther, "the source failed"};
    return {FailureKind::kPermanent, Cause::kOther, "the source refuses the download"};
}

}  // namespace

http::Request media_request(const genesys::MediaLocation& location) {
    http::Request request;
    request.url = location.download_url;
    request.timeout = std::chrono::milliseconds{0};
    request.max_redirects = kRedirects;
    return request;
}

std::optional<Failure> refusal(const http::ResponseHead& head) {
    if (head.status == 200) return std::nullopt;
    const Meaning meaning = meaning_of(head.status);
    return Failure{.kind = meaning.kind,
                   .dependency = Dependency::kSource,
                   .stage = Stage::kTransfer,
                   .cause = meaning.cause,
                   .message = std::string{meaning.text} + " (HTTP " + std::to_string(head.status) + ")"};
}

std::string content_type_of(const genesys::MediaLocation& location, const http::ResponseHead& head) {
    if (!location.content_type.empty()) return location.content_type;
    return std::string{head.headers.find("content-type").value_or("application/octet-stream")};
}

}  // namespace strongroom::archive
