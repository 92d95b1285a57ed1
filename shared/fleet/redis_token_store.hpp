#pragma once

#include <string>

#include "shared/base/random_source.hpp"
#include "shared/fleet/token_store.hpp"
#include "shared/redis/client.hpp"

namespace strongroom::fleet {

struct TokenStoreConfig {
    std::string client;  ///< names the OAuth client in the fleet: its client id
    std::string owner;   ///< names this process
    Secret seal_key;     ///< `redis.seal_key`: 32 bytes, the same in all pods
};

/// The token as a hash at `sr:token:{<client>}` (version, and the value sealed with AES-256-GCM, bound to client and
/// version), which expires with the token; the lease at `sr:token:{<client>}:refresh`.
class RedisTokenStore final : public TokenStore {
  public:
    /// `client` and `random` outlive the store and live on the same loop. Throws std::invalid_argument unless the seal
    /// key has 32 bytes.
    RedisTokenStore(redis::Client& client, RandomSource& random, TokenStoreConfig config);

    Task<Result<std::optional<SharedToken>>> load() override;
    Task<Result<bool>> replace(std::string expected, SharedToken token) override;
    Task<Result<>> remove(std::string version) override;
    Task<Result<bool>> begin_refresh(std::chrono::milliseconds lease) override;
    Task<> end_refresh() override;

  private:
    [[nodiscard]] std::string key() const { return "sr:token:{" + config_.client + "}"; }
    [[nodiscard]] std::string lease_key() const { return key() + ":refresh"; }
    /// What the sealed value is bound to.
    [[nodiscard]] std::string context(const std::string& version) const { return key() + "\n" + version; }
    Result<std::optional<SharedToken>> read(const redis::Reply& reply) const;

    redis::Client* client_;
    RandomSource* random_;
    TokenStoreConfig config_;
    redis::Script load_;
    redis::Script replace_;
    redis::Script remove_;
    redis::Script end_refresh_;
};

}  // namespace strongroom::fleet
