#pragma once

#include <optional>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "shared/runtime/task.hpp"

namespace strongroom::test {

/// Runs `task` to its end on `context`, with a deadline of ten seconds that fails the test. Rethrows what it threw.
void run_task(boost::asio::io_context& context, Task<> task);
/// The same on a context of its own.
void run_task(Task<> task);

template <class T>
Task<> store_result(Task<T> task, std::optional<T>& into) {
    into.emplace(co_await std::move(task));
}

template <class T>
T run_task(boost::asio::io_context& context, Task<T> task) {
    std::optional<T> value;
    run_task(context, store_result(std::move(task), value));
    return std::move(*value);
}

template <class T>
T run_task(Task<T> task) {
    boost::asio::io_context context{1};
    return run_task(context, std::move(task));
}

}  // namespace strongroom::test
