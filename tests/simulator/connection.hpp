#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "shared/runtime/event.hpp"
#include "shared/runtime/task.hpp"
#include "tests/simulator/media_bytes.hpp"
#include "tests/simulator/platform.hpp"

namespace strongroom::simulator {

/// What all connections share; outlives them.
struct Service {
    Platform& platform;
    Event& faults_lifted;
    MediaMode mode = MediaMode::kKeystream;
};

/// Serves one connection until the peer or a fault closes it. Limits: 16 KiB of header, 1 MiB of body. Throws only when
/// cancelled.
Task<> serve_connection(boost::asio::ip::tcp::socket socket, Service& service);

}  // namespace strongroom::simulator
