#pragma once

#include <memory>

#include "shared/runtime/task.hpp"

namespace strongroom::http {

/// Something that happens once and that one coroutine waits for. Cheaper than an Event: no timer, and it remembers.
class OneShot {
  public:
    OneShot() = default;
    /// A waiter that is left ends with operation_aborted.
    ~OneShot();
    OneShot(const OneShot&) = delete;
    OneShot& operator=(const OneShot&) = delete;

    /// Completes at once when it has happened already, else through the waiter's executor, never inside `set`. A
    /// cancelled waiter ends with operation_aborted. One waiter at a time.
    Task<> wait();
    void set();
    [[nodiscard]] bool is_set() const { return set_; }

  private:
    struct Waiter;
    std::shared_ptr<Waiter> waiter_;
    bool set_ = false;
};

}  // namespace strongroom::http
