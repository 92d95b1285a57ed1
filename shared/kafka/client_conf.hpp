#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/kafka/client_config.hpp"
#include "shared/kafka/handles.hpp"

namespace strongroom::kafka {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// librdkafka's configuration for one client: our defaults, then the user's properties, then `guarantees`, which nobody
/// overrides. Fails (permanent) on the first setting that librdkafka does not take. `opaque` reaches every callback.
Result<ConfHandle> make_conf(const ClientConfig& config, const Settings& defaults, const Settings& guarantees,
                             void* opaque);

/// Starts a client; logs go to shared/telemetry. The configuration belongs to the client on success only.
Result<ClientHandle> make_client(rd_kafka_type_t type, ConfHandle conf);

}  // namespace strongroom::kafka
