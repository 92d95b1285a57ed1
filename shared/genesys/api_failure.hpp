#pragma once

#include <string>
#include <string_view>

#include "shared/base/failure.hpp"
#include "shared/base/time_source.hpp"
#include "shared/http/request.hpp"

namespace strongroom::genesys {

/// What the platform says in an error body (ErrorBody: code and message; the token endpoint: RFC 6749 section 5.2), as
/// one printable line of limited length; empty when it says nothing readable.
std::string error_detail(std::string_view body);

/// What an API response that is not a success means, at Dependency::kApi. `what` names the call, without ids:
/// `GET /api/v2/media/{id}`. Beyond the general table of http::status_failure: 401 is an outage (the caller has tried a
/// fresh token), 403 and 404 are about this item (a storm of them is `forbidden_storm`'s), and a redirect is an outage
/// too, for the API is not where api_url says.
Failure api_failure(const http::Response& response, WallTime now, std::string_view what);

/// The same for the token endpoint, at Dependency::kToken. A refusal concerns the client and so every record: whatever
/// is neither throttled nor transient is an outage.
Failure token_failure(const http::Response& response, WallTime now, std::string_view what);

}  // namespace strongroom::genesys
