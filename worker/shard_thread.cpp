#include "worker/shard_thread.hpp"

#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "worker/shard_services.hpp"

namespace strongroom::worker {
namespace asio = boost::asio;

namespace {

Failure unexpected(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& e) {
        return {.kind = FailureKind::kPermanent, .message = std::string{"the shard broke: "} + e.what()};
    } catch (...) {
        return {.kind = FailureKind::kPermanent, .message = "the shard broke"};
    }
}

}  // namespace

struct ShardThread::Impl {
    asio::io_context context{1};
    ShardServices* services = nullptr;  ///< on the shard's thread only
    std::thread thread;

    /// The whole life of the shard, on its thread.
    Result<> live(PodServices& pod, const WorkerConfig& config, int number) {
        std::optional<Result<>> end;
        try {
            ShardServices shard{context.get_executor(), pod, config, number};
            services = &shard;
            asio::co_spawn(context, shard.run(), [&](const std::exception_ptr& error, Result<> result) {
                end = error ? Result<>{unexpected(error)} : std::move(result);
                services = nullptr;
                context.stop();
            });
            context.run();
        } catch (...) {
            end = unexpected(std::current_exception());
        }
        return end.value_or(Failure{.message = "the shard's loop ended early"});
    }
};

ShardThread::ShardThread(PodServices& pod, const WorkerConfig& config, int number, std::function<void(Result<>)> on_end)
    : impl_{std::make_unique<Impl>()} {
    impl_->thread = std::thread{[impl = impl_.get(), &pod, &config, number, on_end = std::move(on_end)] {
        Result<> end = impl->live(pod, config, number);
        asio::post(pod.executor(), [on_end, end = std::move(end)]() mutable { on_end(std::move(end)); });
    }};
}

ShardThread::~ShardThread() {
    impl_->thread.join();
}

void ShardThread::drain() {
    asio::post(impl_->context, [impl = impl_.get()] {
        if (impl->services != nullptr) impl->services->drain();
    });
}

}  // namespace strongroom::worker
