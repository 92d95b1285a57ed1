#include "worker/pod_services.hpp"

#include <array>
#include <utility>

#include "shared/base/encoding.hpp"
#include "shared/crypto/digest.hpp"
#include "shared/fleet/redis_token_store.hpp"
#include "shared/keys/key_material.hpp"
#include "shared/telemetry/log.hpp"

namespace strongroom::worker {
namespace {

constexpr std::string_view kSealLabel = "strongroom token seal v1";

std::string random_id(RandomSource& random) {
    std::array<std::byte, 8> bytes{};
    random.fill(bytes);
    return hex_encode(bytes);
}

/// Without a seal key of its own the fleet seals a client's token under a key made from the client's secret: whoever
/// has that secret can have a token of his own anyway.
Secret seal_key(const RedisSettings& redis, const Secret& client_secret) {
    if (!redis.seal_key.empty()) return keys::parse_key(redis.seal_key.reveal()).value();
    const auto derived = crypto::hmac_sha256(as_bytes(client_secret.reveal()), as_bytes(kSealLabel));
    return Secret{std::string{as_text(derived)}};
}

}  // namespace

redis::ClientConfig redis_config(const RedisSettings& settings) {
    return {.endpoint = redis::parse_endpoint(settings.url).value(),
            .ca_file = settings.ca_file,
            .connect_timeout = settings.connect_timeout,
            .command_timeout = settings.command_timeout};
}

PodServices::PodServices(boost::asio::any_io_executor executor, const WorkerConfig& config,
                         const keys::FileKeyring& keyring)
    : executor_{std::move(executor)},
      config_{config},
      keyring_{keyring},
      process_id_{random_id(random_)},
      health_{time_, config.shards},
      admin_{executor_,
             {.live = [this] { return health_.live(); },
              .ready = [this] { return health_.ready(); },
              .metrics = [this] { return metrics_.exposition(); }}},
      http_{executor_, time_},
      redis_{executor_, sleeper_, dice_, redis_config(config.redis)},
      tasks_{executor_} {
    for (const TenantSettings& tenant : config.tenants) tokens_.emplace(tenant.name, make_tokens(tenant));
}

PodServices::TenantTokens PodServices::make_tokens(const TenantSettings& tenant) {
    TenantTokens tokens;
    tokens.store = std::make_unique<fleet::RedisTokenStore>(
        redis_, random_,
        fleet::TokenStoreConfig{.client = tenant.platform.client_id,
                                .owner = process_id_,
                                .seal_key = seal_key(config_.redis, tenant.platform.client_secret)});
    tokens.source = std::make_unique<genesys::ClientCredentials>(
        executor_, genesys::ClientCredentials::Parts{http_, *tokens.store, time_, sleeper_, random_}, tenant.platform);
    return tokens;
}

Result<> PodServices::start() {
    if (auto bound = admin_.listen(config_.admin); !bound) return bound;
    log::info("admin_listening", {{"address", config_.admin.listen}, {"port", admin_.port()}});
    tasks_.spawn(admin_.run());
    tasks_.spawn(redis_.keep_connected());
    return {};
}

Task<> PodServices::stop() {
    for (auto& [name, tokens] : tokens_) co_await tokens.source->stop();
    tasks_.cancel();
    co_await tasks_.join();
}

}  // namespace strongroom::worker
