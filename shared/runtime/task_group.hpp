#pragma once

#include <cstddef>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "shared/runtime/task.hpp"

namespace strongroom {

/// Owns a changing number of coroutines on one executor (one thread). A child that ends by an exception other than its
/// cancellation stops the whole group: the others are cancelled and `join` throws the first one.
class TaskGroup {
  public:
    explicit TaskGroup(const boost::asio::any_io_executor& executor);
    /// Cancels what still runs. Children hold the shared state, not this object; join first where they use other
    /// objects.
    ~TaskGroup();
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// Starts `child` on the executor; on its own thread it may run up to its first wait before this returns.
    void spawn(Task<> child);
    /// Asks every child to end (its pending operation completes with operation_aborted) and starts none any more.
    void cancel();
    /// Completes when no child runs; throws what the first failed child threw.
    Task<> join();

    [[nodiscard]] std::size_t size() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace strongroom
