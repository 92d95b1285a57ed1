#include "shared/runtime/blocking_thread.hpp"

#include <thread>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strongroom {
namespace asio = boost::asio;

struct BlockingThread::Impl {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    std::thread thread{[this] { context.run(); }};
};

BlockingThread::BlockingThread() : impl_{std::make_unique<Impl>()} {}

BlockingThread::~BlockingThread() {
    impl_->context.stop();
    impl_->thread.join();
}

namespace {

/// Starts `call` on `context`, then completes `handler` on the handler's own executor.
struct RunOn {
    asio::io_context* context;
    std::function<void()> call;

    template <class Handler>
    void operator()(Handler handler) {
        auto executor = asio::get_associated_executor(handler);
        // Work on the caller's executor keeps its loop running until the answer is there.
        asio::executor_work_guard<decltype(executor)> guard{executor};
        asio::post(
            *context, [work = std::move(call), guard = std::move(guard), handler = std::move(handler)]() mutable {
                std::exception_ptr error;
                try {
                    work();
                } catch (...) {
                    error = std::current_exception();
                }
                const auto on = guard.get_executor();
                asio::post(
                    on, [handler = std::move(handler), error, guard = std::move(guard)]() mutable { handler(error); });
            });
    }
};

}  // namespace

Task<> BlockingThread::run_erased(std::function<void()> call) {
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr)>(
        RunOn{&impl_->context, std::move(call)}, asio::use_awaitable);
}

}  // namespace strongroom
