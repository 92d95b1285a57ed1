#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "shared/base/failure.hpp"
#include "shared/genesys/media_platform.hpp"
#include "shared/http/request.hpp"

namespace strongroom::archive {

/// The GET of a signed download URL: no bearer token, a few redirects, no total timeout (the stream's watchdog ends a
/// body that stalls).
http::Request media_request(const genesys::MediaLocation& location);

/// What a source's answer means when it is not a body to archive; nothing for 200. 403 is an expired URL (transient,
/// kUrlExpired: resolve again), 404 and 410 are gone (permanent), 429 and 503 with Retry-After throttled, 5xx
/// transient.
std::optional<Failure> refusal(const http::ResponseHead& head);

/// The platform's word, else the source's Content-Type, else application/octet-stream.
std::string content_type_of(const genesys::MediaLocation& location, const http::ResponseHead& head);

}  // namespace strongroom::archive
