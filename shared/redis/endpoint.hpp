#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/base/secret.hpp"

namespace strongroom::redis {

/// Where a Redis server is and how to introduce oneself.
struct Endpoint {
    std::string host = "127.0.0.1";
    std::uint16_t port = 6379;
    bool tls = false;
    std::string user{};  ///< empty = the default user
    Secret password{};   ///< empty = no AUTH
    int database = 0;

    /// `host:port`, for logs and messages.
    [[nodiscard]] std::string name() const { return host + ":" + std::to_string(port); }
};

/// Reads `redis://[[user]:password@]host[:port][/database]`; `rediss://` is TLS; user and password percent-encoded; an
/// IPv6 address in brackets. The failure (permanent) says which part is wrong and shows neither user nor password.
Result<Endpoint> parse_endpoint(const Secret& url);

/// The commands that open a connection, in order: AUTH, SELECT (each where needed), PING.
std::vector<std::vector<std::string>> introduction(const Endpoint& endpoint);

}  // namespace strongroom::redis
