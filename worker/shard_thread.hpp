#pragma once

#include <functional>
#include <memory>

#include "shared/base/result.hpp"
#include "worker/pod_services.hpp"
#include "worker/worker_config.hpp"

namespace strongroom::worker {

/// One shard on a thread and event loop of its own.
class ShardThread {
  public:
    /// Starts at once. `on_end` is posted to the pod's executor when the shard is over; `pod` and `config` outlive it.
    ShardThread(PodServices& pod, const WorkerConfig& config, int number, std::function<void(Result<>)> on_end);
    /// Waits for the thread: the shard must have been told to drain.
    ~ShardThread();
    ShardThread(const ShardThread&) = delete;
    ShardThread& operator=(const ShardThread&) = delete;

    /// Any thread.
    void drain();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace strongroom::worker
