#pragma once

#include <string>
#include <string_view>

#include "shared/base/failure.hpp"
#include "shared/base/time_source.hpp"
#include "shared/http/request.hpp"

namespace strongroom::object_store {

/// What S3 says in the body of a refusal (`<Error>`); empty where there is no body, as with HEAD.
struct S3Error {
    std::string code{};
    std::string message{};
};

/// What a refusal means (Amazon S3 API reference, "Error responses"): by its code, else by its status. Throttling
/// carries retry_after only when the server named one; the caller backs off otherwise. | what | kind | cause | |
/// SlowDown, ServiceUnavailable, Throttling..., 503, 429 | throttled | | | NoSuchBucket, wrong region, AccessDenied,
/// refused or unknown credentials, KMS key unusable | outage | kForbidden, kUnauthorized or kOther | | NoSuchKey, 404 |
/// permanent | kNotFound | | PreconditionFailed | permanent | kPreconditionFailed | | 409, RequestTimeout, expired
/// credentials, skewed clock, 5xx | transient | | | BadDigest, checksum mismatch | transient | kCorrupt | |
/// EntityTooLarge, MetadataTooLarge, KeyTooLongError and other mistakes of the request | permanent | | `what` names the
/// operation and the object: `PUT s3://bucket/key`.
Failure s3_failure(const http::ResponseHead& head, const S3Error& error, WallTime now, std::string_view what);

/// What the client can do about a refusal before the next try.
enum class Remedy { kNone, kRefreshCredentials, kCorrectClock };
Remedy remedy_of(std::string_view code);

}  // namespace strongroom::object_store
