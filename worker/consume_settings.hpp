#pragma once

#include <string>

#include "worker/consume/consume_config.hpp"
#include "worker/worker_config.hpp"

namespace strongroom::worker {

/// The engine's settings of one shard. `process_id` names the pod where neither configuration nor host name does.
consume::ConsumeConfig consume_settings(const WorkerConfig& config, const std::string& process_id, int shard);

/// Names this pod in receipts and transactional ids.
std::string worker_name(const WorkerConfig& config, const std::string& process_id);

}  // namespace strongroom::worker
