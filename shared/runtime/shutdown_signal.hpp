#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "shared/runtime/task.hpp"

namespace strongroom {

/// Completes with the number of the signal when the process is asked to end: SIGTERM or SIGINT. A second one during the
/// drain has its default effect, so a hanging process can be ended by hand.
Task<int> wait_for_shutdown_signal();

}  // namespace strongroom
