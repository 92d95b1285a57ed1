#pragma once

#include "worker/worker_config.hpp"

namespace strongroom::worker {

/// Tries every dependency as the worker would use it and prints a line for each on standard output, with what to do
/// where it failed. Returns the exit code: 0 all good, 1 otherwise. Leaves nothing behind.
int run_check(const WorkerConfig& config);

}  // namespace strongroom::worker
