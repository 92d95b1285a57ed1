#pragma once

#include <map>
#include <memory>
#include <random>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "shared/base/random_source.hpp"
#include "shared/base/time_source.hpp"
#include "shared/fleet/token_store.hpp"
#include "shared/genesys/client_credentials.hpp"
#include "shared/http/curl_loop.hpp"
#include "shared/http_server/admin_server.hpp"
#include "shared/keys/file_keyring.hpp"
#include "shared/redis/pipelined_client.hpp"
#include "shared/runtime/sleeper.hpp"
#include "shared/runtime/task_group.hpp"
#include "shared/telemetry/metrics.hpp"
#include "worker/health.hpp"
#include "worker/worker_config.hpp"

namespace strongroom::worker {

/// What a pod needs once: tokens, metrics, probes. On the pod's own loop; shards reach it by posting, except for what
/// says "any thread".
class PodServices {
  public:
    /// `config` and `keyring` outlive it.
    PodServices(boost::asio::any_io_executor executor, const WorkerConfig& config, const keys::FileKeyring& keyring);

    /// Binds the admin port and starts what runs all the time.
    Result<> start();
    /// Ends it. Await it when no shard runs any more.
    Task<> stop();

    /// Any thread.
    [[nodiscard]] const boost::asio::any_io_executor& executor() const { return executor_; }
    [[nodiscard]] const keys::KeyProvider& keys() const { return keyring_; }
    [[nodiscard]] Metrics& metrics() { return metrics_; }
    /// The token of a tenant's OAuth client; any thread.
    [[nodiscard]] genesys::TokenSource& tokens(const std::string& tenant) { return *tokens_.at(tenant).source; }
    /// Names this process: different in every process ever started. Any thread.
    [[nodiscard]] const std::string& process_id() const { return process_id_; }

    [[nodiscard]] HealthBoard& health() { return health_; }

  private:
    struct TenantTokens {
        std::unique_ptr<fleet::TokenStore> store;
        std::unique_ptr<genesys::ClientCredentials> source;
    };
    TenantTokens make_tokens(const TenantSettings& tenant);

    boost::asio::any_io_executor executor_;
    const WorkerConfig& config_;
    const keys::FileKeyring& keyring_;
    SystemTime time_;
    TimerSleeper sleeper_;
    SystemRandom random_;
    std::mt19937_64 dice_{std::random_device{}()};
    std::string process_id_;
    Metrics metrics_;
    HealthBoard health_;
    http_server::AdminServer admin_;
    http::CurlLoop http_;
    redis::PipelinedClient redis_;
    std::map<std::string, TenantTokens> tokens_;
    TaskGroup tasks_;
};

/// The Redis client's settings, as every loop of the pod uses them. The URL was checked when the configuration was
/// read.
redis::ClientConfig redis_config(const RedisSettings& settings);

}  // namespace strongroom::worker
