#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace strongroom::http_server {

struct ListenAddress {
    std::string ip;  ///< IPv4 or IPv6, without brackets
    std::uint16_t port = 0;
    friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

/// `127.0.0.1:9464`, `[::1]:9464`, `0.0.0.0:0` (0 = any free port). Names are not resolved. The failure is permanent
/// and says what is expected.
Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace strongroom::http_server
