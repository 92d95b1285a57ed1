#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/secret.hpp"
#include "shared/base/units.hpp"
#include "shared/config/expansion.hpp"
#include "shared/config/mistake.hpp"
#include "shared/http_server/admin_server.hpp"
#include "shared/kafka/client_config.hpp"
#include "shared/keys/file_keyring.hpp"
#include "worker/tenant_config.hpp"

namespace strongroom::worker {

struct RedisSettings {
    Secret url{std::string{"redis://127.0.0.1:6379/0"}};
    Secret seal_key{};  ///< 32 bytes raw, hex or base64; default: derived from each OAuth client's secret
    std::string ca_file{};
    std::chrono::milliseconds connect_timeout{2'000};
    std::chrono::milliseconds command_timeout{500};
};

struct LimitSettings {
    std::size_t in_flight = 1000;           ///< records of a lane and shard in work or waiting
    ByteCount in_flight_bytes{64U << 20U};  ///< the same, in bytes of their values
    std::size_t transfers = 64;             ///< of a shard at once
    std::size_t api_calls = 64;             ///< of a shard at once
    std::size_t buffered_transfers = 2;     ///< among them, of bodies of unknown length (a part each in memory)
};

struct TransferSettings {
    std::chrono::milliseconds stall_limit{30'000};  ///< without a byte in either direction
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds url_max_age{60'000};  ///< a download URL older than this is resolved again
};

struct RetrySettings {
    std::vector<std::chrono::milliseconds> tiers{std::chrono::seconds{30}, std::chrono::minutes{5},
                                                 std::chrono::hours{1}};
    int max_attempts = 10;
    std::chrono::milliseconds not_ready_budget = std::chrono::hours{48};
    int tries = 3;                        ///< in place, of transient failures
    int throttled_tries = 5;              ///< in place, when asked to slow down
    std::chrono::milliseconds base{200};  ///< of the waits between tries
    std::chrono::milliseconds throttled_base{1'000};
    std::chrono::milliseconds cap{20'000};
    std::chrono::milliseconds outage_hold{60'000};  ///< a record waits in memory this long before it circulates
};

struct ClaimSettings {
    std::chrono::milliseconds lease{30'000};
    std::chrono::milliseconds retention = std::chrono::hours{24 * 7};
    std::chrono::milliseconds wait{30'000};
};

/// The whole configuration of strongroom-worker, with its defaults.
struct WorkerConfig {
    kafka::ClientConfig kafka{};
    std::string instance{};  ///< `kafka.instance`: names this pod in transactional ids; default: the host's ordinal
    std::vector<TenantSettings> tenants{};
    keys::KeyringConfig keys{};
    RedisSettings redis{};
    int shards = 1;
    LimitSettings limits{};
    TransferSettings transfer{};
    std::chrono::milliseconds commit_interval{200};
    RetrySettings retry{};
    std::chrono::milliseconds write_back_budget = std::chrono::hours{1};
    ClaimSettings claims{};
    std::chrono::milliseconds rebalance_drain{3'000};
    std::chrono::milliseconds shutdown_drain{30'000};
    http_server::AdminConfig admin{};
};

/// The one description of the file: read and printed by it.
void describe(config::Keys& keys, WorkerConfig& config);

/// Reads the file and completes it from the environment (AWS_REGION, AWS_ENDPOINT_URL_S3, HOSTNAME). All mistakes at
/// once.
std::variant<WorkerConfig, std::vector<config::Mistake>> load_config(const std::string& path,
                                                                     const config::Environment& environment);

}  // namespace strongroom::worker
