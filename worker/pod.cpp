#include "worker/pod.hpp"

#include <exception>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "shared/base/exit_code.hpp"
#include "shared/runtime/event.hpp"
#include "shared/runtime/shutdown_signal.hpp"
#include "shared/telemetry/log.hpp"
#include "worker/pod_services.hpp"
#include "worker/shard_thread.hpp"

namespace strongroom::worker {
namespace {

/// The pod's shards, seen from the pod's loop.
class Pod {
  public:
    Pod(const boost::asio::any_io_executor& executor, const WorkerConfig& config, const keys::FileKeyring& keyring)
        : config_{config}, services_{executor, config, keyring}, ended_{executor}, watching_{executor} {}

    Task<int> run() {
        if (auto started = services_.start(); !started) {
            log::error("cannot_start", {{"failure", describe(started.error())}});
            co_return kFailed;
        }
        log::info("starting", {{"shards", config_.shards}, {"process", services_.process_id()}});
        watching_.spawn(drain_on_signal());
        running_ = config_.shards;
        for (int number = 0; number < config_.shards; ++number) {
            shards_.push_back(std::make_unique<ShardThread>(
                services_, config_, number, [this, number](Result<> end) { shard_ended(number, std::move(end)); }));
        }
        while (running_ > 0) co_await ended_.wait();
        watching_.cancel();
        co_await watching_.join();
        shards_.clear();
        co_await services_.stop();
        log::info("stopped", {{"exit_code", exit_code_}});
        co_return exit_code_;
    }

  private:
    Task<> drain_on_signal() {
        const int number = co_await wait_for_shutdown_signal();
        log::info("draining", {{"signal", number}});
        drain();
    }

    void drain() {
        services_.health().draining();
        for (const auto& shard : shards_) shard->drain();
    }

    void shard_ended(int number, Result<> end) {
        --running_;
        if (!end) {
            log::error("shard_failed", {{"shard", number}, {"failure", describe(end.error())}});
            services_.health().report(number, {.trouble = describe(end.error()), .failed = true});
            exit_code_ = kFailed;
            drain();
        }
        ended_.notify();
    }

    const WorkerConfig& config_;
    PodServices services_;
    Event ended_;
    TaskGroup watching_;
    std::vector<std::unique_ptr<ShardThread>> shards_;
    int running_ = 0;
    int exit_code_ = kDone;
};

}  // namespace

int run_pod(const WorkerConfig& config, const keys::FileKeyring& keyring) {
    boost::asio::io_context context{1};
    Pod pod{context.get_executor(), config, keyring};
    int exit_code = kFailed;
    std::exception_ptr broken;
    boost::asio::co_spawn(context, pod.run(), [&](const std::exception_ptr& error, int code) {
        broken = error;
        exit_code = code;
        context.stop();
    });
    context.run();
    if (broken) std::rethrow_exception(broken);
    return exit_code;
}

}  // namespace strongroom::worker
