#pragma once

#include <chrono>

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"
#include "shared/base/time_source.hpp"
#include "shared/genesys/platform_config.hpp"
#include "shared/http/request.hpp"

namespace strongroom::genesys {

struct IssuedToken {
    Secret value;
    std::chrono::milliseconds lifetime{};
};

/// The request of a client-credentials grant (RFC 6749 section 4.4). It holds the client's secret.
http::Request token_request(const PlatformConfig& config);

/// Reads the answer. A missing lifetime is taken for the shortest that the platform issues (300 s). A 200 that is not a
/// token is transient; the rest as `token_failure`. Messages never hold a token.
Result<IssuedToken> read_token(const http::Response& response, WallTime now, const PlatformConfig& config);

}  // namespace strongroom::genesys
