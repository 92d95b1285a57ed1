#include "shared/fleet/redis_token_store.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include "shared/fleet/token_seal.hpp"

namespace strongroom::fleet {
namespace {

/// Reply: version, sealed value, time to live in ms; nil without a token.
constexpr const char* kLoad = R"lua(
local token = redis.call('HMGET', KEYS[1], 'version', 'sealed')
if not token[1] then return nil end
return {token[1], token[2], redis.call('PTTL', KEYS[1])}
)lua";

/// ARGV: expected version (empty = none), version, sealed value, time to live in ms. Reply: 1, or 0 for another
/// version.
constexpr const char* kReplace = R"lua(
local current = redis.call('HGET', KEYS[1], 'version')
if (current or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'sealed', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
)lua";

constexpr const char* kRemove = R"lua(
if redis.call('HGET', KEYS[1], 'version') == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
)lua";

constexpr const char* kEndRefresh = R"lua(
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
)lua";

bool is_one(const redis::Reply& reply) {
    return reply.integer() != nullptr && *reply.integer() == 1;
}

Failure unreadable() {
    return {.kind = FailureKind::kTransient,
            .dependency = Dependency::kRedis,
            .cause = Cause::kCorrupt,
            .message = "the shared token in redis (sr:token:…) is not of this version's form"};
}

}  // namespace

RedisTokenStore::RedisTokenStore(redis::Client& client, RandomSource& random, TokenStoreConfig config)
    : client_{&client},
      random_{&random},
      config_{std::move(config)},
      load_{kLoad},
      replace_{kReplace},
      remove_{kRemove},
      end_refresh_{kEndRefresh} {
    if (config_.seal_key.reveal().size() != 32) throw std::invalid_argument("redis.seal_key must have 32 bytes");
}

Task<Result<std::optional<SharedToken>>> RedisTokenStore::load() {
    std::vector<std::string> keys{key()};
    const auto reply = co_await client_->run(load_, std::move(keys), {});
    if (!reply) co_return reply.error();
    co_return read(*reply);
}

Result<std::optional<SharedToken>> RedisTokenStore::read(const redis::Reply& reply) const {
    if (reply.is_nil()) return std::optional<SharedToken>{};
    const auto* parts = reply.array();
    if (parts == nullptr || parts->size() != 3) return unreadable();
    const auto* version = parts->at(0).text();
    const auto* sealed = parts->at(1).text();
    const auto* left = parts->at(2).integer();
    if (version == nullptr || sealed == nullptr || left == nullptr) return unreadable();
    auto value = unseal_text(config_.seal_key, *sealed, context(*version));
    if (!value) return value.error();
    return std::optional{
        SharedToken{.value = std::move(*value), .version = *version, .expires_in = std::chrono::milliseconds{*left}}};
}

Task<Result<bool>> RedisTokenStore::replace(std::string expected, SharedToken token) {
    std::string sealed = seal_text(config_.seal_key, token.value, context(token.version), *random_);
    std::vector<std::string> keys{key()};
    std::vector<std::string> arguments{std::move(expected), token.version, std::move(sealed),
                                       std::to_string(token.expires_in.count())};
    const auto reply = co_await client_->run(replace_, std::move(keys), std::move(arguments));
    if (!reply) co_return reply.error();
    co_return is_one(*reply);
}

Task<Result<>> RedisTokenStore::remove(std::string version) {
    std::vector<std::string> keys{key()};
    std::vector<std::string> arguments{std::move(version)};
    const auto reply = co_await client_->run(remove_, std::move(keys), std::move(arguments));
    if (!reply) co_return reply.error();
    co_return Result<>{};
}

Task<Result<bool>> RedisTokenStore::begin_refresh(std::chrono::milliseconds lease) {
    std::vector<std::string> set{"SET", lease_key(), config_.owner, "NX", "PX", std::to_string(lease.count())};
    const auto reply = co_await client_->command(std::move(set));
    if (!reply) co_return reply.error();
    co_return !reply->is_nil();
}

Task<> RedisTokenStore::end_refresh() {
    std::vector<std::string> keys{lease_key()};
    std::vector<std::string> arguments{config_.owner};
    // Nothing to be done about a failure: the lease runs out by itself.
    co_await client_->run(end_refresh_, std::move(keys), std::move(arguments));
}

}  // namespace strongroom::fleet
