#include "shared/fleet/redis_claims.hpp"

#include <map>
#include <memory>

#include <gmock/gmock.h>

#include "test_support/connected_redis.hpp"
#include "test_support/redis_server.hpp"
#include "tests/contract/claims/claims_contract.hpp"

namespace strongroom::test {
namespace {

struct RedisHarness {
    fleet::Claims& claims(const std::string& owner) {
        auto& of_owner = owners[owner];
        if (!of_owner) {
            const fleet::ClaimsConfig config{.owner = owner, .lease = kLease};
            of_owner = std::make_unique<fleet::RedisClaims>(redis.client, config);
        }
        return *of_owner;
    }
    template <class T>
    auto run(Task<T> task) {
        return redis.run(std::move(task));
    }
    void let_pass(const std::string& work_item, std::chrono::milliseconds duration) {
        const auto by = std::to_string(-duration.count());
        ASSERT_TRUE(redis.command({"HINCRBY", "sr:work:{" + work_item + "}", "lease", by}));
    }
    void forget(const std::string& work_item) { ASSERT_TRUE(redis.command({"DEL", "sr:work:{" + work_item + "}"})); }

    RedisServer server;
    ConnectedRedis redis{redis_config(server.url())};
    std::map<std::string, std::unique_ptr<fleet::RedisClaims>> owners;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Redis, ClaimsContract, RedisHarness);

TEST(RedisClaims, KeepsARecordForTheRetentionAfterItsLastChange) {
    RedisHarness harness;
    fleet::Claims& claims = harness.claims("a");
    auto claim = std::get<Claim>(harness.run(claims.acquire(kItem, origin())).value());
    ASSERT_TRUE(harness.run(claims.advance(claim, {.state = State::kDone})));
    const auto reply = harness.redis.command({"PTTL", "sr:work:{" + kItem + "}"});
    const std::chrono::milliseconds left{*reply->integer()};
    EXPECT_GT(left, std::chrono::hours{24 * 7 - 1});
    EXPECT_LE(left, std::chrono::hours{24 * 7});
}

TEST(RedisClaims, FailsTransientlyWhileRedisIsDown) {
    RedisHarness harness;
    harness.server.stop();
    const auto attempt = harness.run(harness.claims("a").acquire(kItem, origin()));
    ASSERT_FALSE(attempt);
    EXPECT_EQ(attempt.error().kind, FailureKind::kTransient);
    EXPECT_EQ(attempt.error().dependency, Dependency::kRedis);
    EXPECT_EQ(attempt.error().stage, Stage::kClaim);
    EXPECT_NE(attempt.error().cause, Cause::kConflict);
}

}  // namespace
}  // namespace strongroom::test
