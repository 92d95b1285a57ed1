#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "shared/base/time_source.hpp"
#include "shared/genesys/token_source.hpp"
#include "shared/http/client.hpp"

namespace strongroom::genesys {

/// One call of the platform's API.
struct ApiCall {
    std::string method = "GET";
    std::string path;    ///< encoded, from the slash on: `/api/v2/media/5f3a`
    std::string what;    ///< for messages, without ids: `GET /api/v2/media/{id}`
    std::string body{};  ///< JSON; empty = none
};

/// How much of the token's budget is used, as the platform last said (`inin-ratelimit-*`).
struct RateLimit {
    std::int64_t count = 0;        ///< requests in this period
    std::int64_t allowed = 0;      ///< requests per period
    std::chrono::seconds reset{};  ///< until the period ends
    friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

/// Makes calls with the client's token: a 401 drops the token and tries once more, any other outcome is final. One
/// loop.
class ApiClient {
  public:
    struct Config {
        std::string api_url;  ///< without a slash at the end
        std::chrono::milliseconds timeout{5'000};
    };

    /// What is handed in outlives the client and lives on the same loop.
    ApiClient(http::Client& http, TokenSource& tokens, const TimeSource& time, Config config);

    /// A 2xx response, or the failure as `api_failure` says (dependency kApi, or kToken when there is no token).
    Task<Result<http::Response>> send(ApiCall call);

    [[nodiscard]] const std::optional<RateLimit>& rate_limit() const { return rate_limit_; }

  private:
    [[nodiscard]] http::Request request(const ApiCall& call, const AccessToken& token) const;
    void note_rate_limit(const http::Headers& headers);

    http::Client* http_;
    TokenSource* tokens_;
    const TimeSource* time_;
    Config config_;
    std::optional<RateLimit> rate_limit_;
};

}  // namespace strongroom::genesys
