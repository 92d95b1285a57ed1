#include "shared/object_store/s3_failure.hpp"

#include <algorithm>
#include <array>

#include "shared/http/retry_after.hpp"

namespace strongroom::object_store {
namespace {

using enum FailureKind;

struct Meaning {
    FailureKind kind;
    Cause cause = Cause::kOther;
    std::string_view advice{};
};

struct Coded {
    std::string_view code;
    Meaning meaning;
};

constexpr std::string_view kCheckKeys = "; check the S3 credentials";
constexpr std::string_view kCheckPolicy = "; check the bucket policy and the IAM policy";
constexpr std::string_view kCheckRegion = "; check the region of the bucket";

constexpr Coded kCodes[]{
    {"SlowDown", {kThrottled}},
    {"ServiceUnavailable", {kThrottled}},
    {"TooManyRequestsException", {kThrottled}},
    {"RequestLimitExceeded", {kThrottled}},
    {"BandwidthLimitExceeded", {kThrottled}},
    {"ProvisionedThroughputExceededException", {kThrottled}},

    {"InternalError", {kTransient}},
    {"RequestTimeout", {kTransient, Cause::kTimeout}},
    {"OperationAborted", {kTransient, Cause::kConflict}},
    {"ConditionalRequestConflict", {kTransient, Cause::kConflict}},
    {"TemporaryRedirect", {kTransient}},
    {"IncompleteBody", {kTransient, Cause::kTruncated}},
    {"BadDigest", {kTransient, Cause::kCorrupt}},
    {"InvalidDigest", {kTransient, Cause::kCorrupt}},
    {"XAmzContentChecksumMismatch", {kTransient, Cause::kCorrupt}},
    {"XAmzContentSHA256Mismatch", {kTransient, Cause::kCorrupt}},
    {"NoSuchUpload", {kTransient, Cause::kNotFound}},
    {"InvalidPart", {kTransient}},
    {"InvalidPartOrder", {kTransient}},
    {"ExpiredToken", {kTransient, Cause::kUnauthorized}},
    {"ExpiredTokenException", {kTransient, Cause::kUnauthorized}},
    {"InvalidToken", {kTransient, Cause::kUnauthorized}},
    {"TokenRefreshRequired", {kTransient, Cause::kUnauthorized}},
    {"RequestExpired", {kTransient, Cause::kUnauthorized}},
    {"RequestTimeTooSkewed", {kTransient}},

    {"NoSuchBucket", {kOutage, Cause::kOther, "; create the bucket, or correct its name"}},
    {"AccessDenied", {kOutage, Cause::kForbidden, kCheckPolicy}},
    {"AllAccessDisabled", {kOutage, Cause::kForbidden, kCheckPolicy}},
    {"AccountProblem", {kOutage, Cause::kForbidden}},
    {"InvalidAccessKeyId", {kOutage, Cause::kUnauthorized, kCheckKeys}},
    {"SignatureDoesNotMatch", {kOutage, Cause::kUnauthorized, kCheckKeys}},
    {"NotSignedUp", {kOutage, Cause::kUnauthorized, kCheckKeys}},
    {"InvalidSecurity", {kOutage, Cause::kUnauthorized, kCheckKeys}},
    {"PermanentRedirect", {kOutage, Cause::kOther, kCheckRegion}},
    {"AuthorizationHeaderMalformed", {kOutage, Cause::kOther, kCheckRegion}},
    {"IllegalLocationConstraintException", {kOutage, Cause::kOther, kCheckRegion}},
    {"QuotaExceeded", {kOutage}},

    {"NoSuchKey", {kPermanent, Cause::kNotFound}},
    {"NoSuchVersion", {kPermanent, Cause::kNotFound}},
    {"PreconditionFailed", {kPermanent, Cause::kPreconditionFailed}},
    {"EntityTooLarge", {kPermanent, Cause::kTooLarge}},
    {"MetadataTooLarge", {kPermanent, Cause::kTooLarge}},
    {"KeyTooLongError", {kPermanent, Cause::kTooLarge}},
    {"InvalidArgument", {kPermanent}},
    {"InvalidRequest", {kPermanent}},
    {"InvalidBucketName", {kOutage, Cause::kOther, "; correct the name of the bucket"}},
};

constexpr std::array<std::string_view, 2> kThrottlePrefixes{"Throttling", "RequestThrottled"};

Meaning meaning_of_status(int status) {
    switch (status) {
        case 301:
            return {kOutage, Cause::kOther, kCheckRegion};
        case 307:
            return {kTransient};
        case 401:
            return {kOutage, Cause::kUnauthorized, kCheckKeys};
        case 403:
            return {kOutage, Cause::kForbidden, kCheckPolicy};
        case 404:
            return {kPermanent, Cause::kNotFound};
        case 408:
            return {kTransient, Cause::kTimeout};
        case 409:
            return {kTransient, Cause::kConflict};
        case 412:
            return {kPermanent, Cause::kPreconditionFailed};
        case 413:
            return {kPermanent, Cause::kTooLarge};
        case 429:
        case 503:
            return {kThrottled};
        case 501:
            return {kPermanent, Cause::kUnsupported};
        default:
            return {status >= 500 ? kTransient : kPermanent};
    }
}

Meaning meaning_of(int status, std::string_view code) {
    const auto* const at = std::ranges::find(kCodes, code, &Coded::code);
    if (at != std::end(kCodes)) return at->meaning;
    const auto begins = [&](std::string_view prefix) { return code.starts_with(prefix); };
    if (std::ranges::any_of(kThrottlePrefixes, begins)) return {kThrottled};
    if (code.starts_with("KMS.")) return {kOutage, Cause::kForbidden, "; check the KMS key of the bucket"};
    return meaning_of_status(status);
}

/// What stands in a foreign document, made fit for a log line.
std::string excerpt(std::string_view text) {
    constexpr std::size_t kMost = 200;
    std::string out{text.substr(0, kMost)};
    std::ranges::replace_if(out, [](unsigned char c) { return c < ' ' || c > '~'; }, ' ');
    return out;
}

}  // namespace

Failure s3_failure(const http::ResponseHead& head, const S3Error& error, WallTime now, std::string_view what) {
    const Meaning meaning = meaning_of(head.status, error.code);
    Failure failure{.kind = meaning.kind, .dependency = Dependency::kStore, .cause = meaning.cause};
    failure.message.append(what).append(": HTTP ").append(std::to_string(head.status));
    if (!error.code.empty()) failure.message.append(" ").append(excerpt(error.code));
    if (!error.message.empty()) failure.message.append(" (").append(excerpt(error.message)).append(")");
    if (const auto region = head.headers.find("x-amz-bucket-region"); region && meaning.advice == kCheckRegion) {
        failure.message.append("; the bucket is in ").append(excerpt(*region));
    }
    failure.message.append(meaning.advice);
    if (const auto wait = head.headers.find("retry-after")) failure.retry_after = http::parse_retry_after(wait, now);
    return failure;
}

Remedy remedy_of(std::string_view code) {
    constexpr std::array<std::string_view, 5> kExpired{"ExpiredToken", "ExpiredTokenException", "InvalidToken",
                                                       "TokenRefreshRequired", "RequestExpired"};
    if (code == "RequestTimeTooSkewed") return Remedy::kCorrectClock;
    return std::ranges::find(kExpired, code) != kExpired.end() ? Remedy::kRefreshCredentials : Remedy::kNone;
}

}  // namespace strongroom::object_store
