#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "shared/runtime/event.hpp"
#include "shared/runtime/task.hpp"
#include "tests/simulator/media_bytes.hpp"
#include "tests/simulator/platform.hpp"

namespace strongroom::simulator {

/// Writes one answer, with what its fault does to it. True when the connection is still good for another request.
/// Throws boost::system::system_error when the peer is gone. `faults_lifted` ends a stall. All references outlive the
/// task.
Task<bool> write_answer(boost::asio::ip::tcp::socket& socket, Event& faults_lifted, MediaMode mode,
                        const Answer& answer, bool keep_alive);

}  // namespace strongroom::simulator
