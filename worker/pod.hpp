#pragma once

#include "shared/keys/file_keyring.hpp"
#include "worker/worker_config.hpp"

namespace strongroom::worker {

/// Runs a pod until SIGTERM or SIGINT, then drains it. Returns the exit code: 0 drained, 1 a shard ended by itself or
/// the admin port could not be bound (the log says why).
int run_pod(const WorkerConfig& config, const keys::FileKeyring& keyring);

}  // namespace strongroom::worker
