#pragma once

#include <cstdint>
#include <string>

namespace strongroom::bench {

/// Listens on an IPv4 address, says `listening on http://…` on standard output and serves on this thread until SIGTERM
/// or SIGINT. Throws std::system_error when it cannot.
void serve(const std::string& address, std::uint16_t port);

}  // namespace strongroom::bench
