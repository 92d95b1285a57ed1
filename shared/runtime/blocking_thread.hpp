#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "shared/runtime/task.hpp"

namespace strongroom {

/// One thread for calls that block (librdkafka's transactions). Calls run one after the other, in order. It goes
/// before the loops that wait for its answers: its thread may still be inside its post to a loop that has ended.
class BlockingThread {
  public:
    BlockingThread();
    /// Waits for the running call; calls not yet started are dropped.
    ~BlockingThread();
    BlockingThread(const BlockingThread&) = delete;
    BlockingThread& operator=(const BlockingThread&) = delete;

    /// Runs `call` on the thread and resumes the caller on its own executor with the value, or with what it threw.
    /// `call` and what it refers to must stay alive until then, also when the coroutine is cancelled: hold them by
    /// value or shared_ptr.
    template <class F>
    Task<std::invoke_result_t<F>> run(F call) {
        using R = std::invoke_result_t<F>;
        if constexpr (std::is_void_v<R>) {
            co_await run_erased([&call] { call(); });
        } else {
            std::optional<R> value;
            co_await run_erased([&call, &value] { value.emplace(call()); });
            co_return std::move(*value);
        }
    }

  private:
    /// Not cancellable: it completes when the call has run, so that references into the caller's frame stay valid.
    Task<> run_erased(std::function<void()> call);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace strongroom
