#pragma once

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "shared/aws/credential_chain.hpp"
#include "shared/fleet/redis_claims.hpp"
#include "shared/genesys/media_api.hpp"
#include "shared/genesys/shard_token.hpp"
#include "shared/genesys/storm_guard.hpp"
#include "shared/http/curl_loop.hpp"
#include "shared/object_store/s3_client.hpp"
#include "shared/redis/pipelined_client.hpp"
#include "worker/archive/archive_pipeline.hpp"
#include "worker/archive_metrics.hpp"
#include "worker/consume/shard.hpp"
#include "worker/consume_metrics.hpp"
#include "worker/pod_services.hpp"
#include "worker/worker_config.hpp"

namespace strongroom::worker {

/// Everything that one shard owns, on its one loop: connections, clients per tenant, the pipeline, the consuming
/// engine.
class ShardServices {
  public:
    /// `pod` and `config` outlive it; `number` counts from 0.
    ShardServices(boost::asio::any_io_executor executor, PodServices& pod, const WorkerConfig& config, int number);

    /// Until drained, or the failure that ended the shard.
    Task<Result<>> run();
    void drain() { shard_.drain(); }

  private:
    /// A tenant's clients, in the order of their dependence.
    struct TenantClients {
        TenantClients(ShardServices& shard, PodServices& pod, const TenantSettings& settings);
        genesys::ShardToken token;
        genesys::ApiClient api;
        genesys::MediaApi media;
        genesys::StormGuard platform;
        object_store::S3Client store;
    };

    http::CurlLoop& source_for(const genesys::PlatformConfig& platform);
    archive::Tenants make_tenants();
    Task<> report();
    [[nodiscard]] ShardStatus status() const;

    boost::asio::any_io_executor executor_;
    PodServices& pod_;
    const WorkerConfig& config_;
    int number_;
    SystemTime time_;
    TimerSleeper sleeper_;
    SystemRandom random_;
    std::mt19937_64 dice_{std::random_device{}()};

    redis::PipelinedClient redis_;
    fleet::RedisClaims claims_;
    archive::LeaseKeeper leases_;
    http::CurlLoop api_http_;
    http::CurlLoop store_http_;
    /// One pool of connections for every set of filter rules.
    std::map<std::string, std::unique_ptr<http::CurlLoop>> sources_;
    std::unique_ptr<aws::CredentialSource> credentials_;
    std::vector<std::unique_ptr<TenantClients>> clients_;
    archive::Tenants tenants_;

    archive::RingPool rings_;
    Semaphore buffered_;
    Semaphore transfers_;
    Semaphore api_calls_;
    archive::Transfer transfer_;
    archive::ReceiptWriter receipts_;
    ArchiveMetrics archive_metrics_;
    archive::ArchivePipeline pipeline_;
    ConsumeMetrics consume_metrics_;
    consume::Shard shard_;
};

}  // namespace strongroom::worker
