#pragma once

#include <chrono>

#include <boost/asio/any_io_executor.hpp>

#include "shared/runtime/task.hpp"

namespace strongroom {

/// Waiting, handed in beside TimeSource so that no test sleeps.
class Sleeper {
  public:
    virtual ~Sleeper() = default;
    /// Completes after `duration`. Ends early by boost::system::system_error(operation_aborted) when the coroutine is
    /// cancelled; nobody swallows that.
    virtual Task<> sleep_for(std::chrono::milliseconds duration) = 0;
};

/// Sleeps on a timer of the executor it is awaited on.
class TimerSleeper final : public Sleeper {
  public:
    Task<> sleep_for(std::chrono::milliseconds duration) override;
};

}  // namespace strongroom
