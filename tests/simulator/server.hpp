#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "shared/runtime/task.hpp"
#include "tests/simulator/connection.hpp"

namespace strongroom::simulator {

/// Accepts and serves until cancelled; the connections end with it. The service outlives it.
Task<> serve(boost::asio::ip::tcp::acceptor acceptor, Service& service);

}  // namespace strongroom::simulator
