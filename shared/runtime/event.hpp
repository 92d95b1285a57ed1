#pragma once

#include <chrono>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "shared/runtime/task.hpp"

namespace strongroom {

/// Wakes the coroutines that wait on it. It keeps no memory of `notify`: check the condition, then wait, in a loop, on
/// one thread (the executor's). Destroying it cancels its waiters (operation_aborted).
class Event {
  public:
    explicit Event(const boost::asio::any_io_executor& executor);
    ~Event();
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    Task<> wait();
    /// As `wait`, but gives up after `limit`. True when notified.
    Task<bool> wait_for(std::chrono::milliseconds limit);
    /// Wakes all that wait now. Cheap when nobody does.
    void notify();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace strongroom
