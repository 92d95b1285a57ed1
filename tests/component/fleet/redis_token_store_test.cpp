#include "shared/fleet/redis_token_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_support/connected_redis.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/redis_server.hpp"

namespace strongroom::fleet {
namespace {

using std::chrono::milliseconds;

struct Pods {
    RedisTokenStore store(std::string owner, char key = 'k') {
        return {redis.client,
                random,
                {.client = "id-1", .owner = std::move(owner), .seal_key = Secret{std::string(32, key)}}};
    }
    static SharedToken token(const std::string& version) {
        return {.value = Secret{"token-" + version}, .version = version, .expires_in = milliseconds{100'000}};
    }
    template <class T>
    auto run(Task<T> task) {
        return redis.run(std::move(task));
    }

    test::RedisServer server;
    test::ConnectedRedis redis{test::redis_config(server.url())};
    test::CountingRandom random;
};

TEST(RedisTokenStore, OnePodsTokenIsFoundByAnother) {
    Pods pods;
    auto a = pods.store("a");
    auto b = pods.store("b");
    EXPECT_FALSE(pods.run(a.load()).value());
    EXPECT_TRUE(pods.run(a.replace("", Pods::token("1"))).value());
    const auto found = pods.run(b.load()).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->value.reveal(), "token-1");
    EXPECT_EQ(found->version, "1");
    EXPECT_GT(found->expires_in, milliseconds{90'000});
    EXPECT_LE(found->expires_in, milliseconds{100'000});
}

TEST(RedisTokenStore, ReplacesAndRemovesOnlyTheVersionThatWasSeen) {
    Pods pods;
    auto a = pods.store("a");
    auto b = pods.store("b");
    ASSERT_TRUE(pods.run(a.replace("", Pods::token("1"))).value());
    EXPECT_FALSE(pods.run(b.replace("", Pods::token("2"))).value());
    EXPECT_TRUE(pods.run(b.replace("1", Pods::token("2"))).value());
    EXPECT_TRUE(pods.run(a.remove("1")));
    EXPECT_EQ(pods.run(a.load()).value()->version, "2");
    EXPECT_TRUE(pods.run(a.remove("2")));
    EXPECT_FALSE(pods.run(a.load()).value());
}

TEST(RedisTokenStore, OnePodRefreshesAtATime) {
    Pods pods;
    auto a = pods.store("a");
    auto b = pods.store("b");
    EXPECT_TRUE(pods.run(a.begin_refresh(milliseconds{60'000})).value());
    EXPECT_FALSE(pods.run(b.begin_refresh(milliseconds{60'000})).value());
    pods.run(b.end_refresh());
    EXPECT_FALSE(pods.run(b.begin_refresh(milliseconds{60'000})).value());
    pods.run(a.end_refresh());
    EXPECT_TRUE(pods.run(b.begin_refresh(milliseconds{60'000})).value());
}

TEST(RedisTokenStore, ShowsNoTokenAndSaysWhenTheSealKeyDiffers) {
    Pods pods;
    auto a = pods.store("a");
    auto stranger = pods.store("b", 'x');
    ASSERT_TRUE(pods.run(a.replace("", Pods::token("1"))).value());
    const auto raw = pods.redis.command({"HGET", "sr:token:{id-1}", "sealed"});
    EXPECT_THAT(*raw->text(), testing::Not(testing::HasSubstr("token")));
    const auto opened = pods.run(stranger.load());
    EXPECT_EQ(opened.error().cause, Cause::kWrongKey);
    EXPECT_EQ(opened.error().kind, FailureKind::kTransient);
}

TEST(RedisTokenStore, FailsTransientlyWhileRedisIsDown) {
    Pods pods;
    auto a = pods.store("a");
    pods.server.stop();
    EXPECT_EQ(pods.run(a.load()).error().kind, FailureKind::kTransient);
    EXPECT_EQ(pods.run(a.begin_refresh(milliseconds{1})).error().dependency, Dependency::kRedis);
    pods.run(a.end_refresh());
}

}  // namespace
}  // namespace strongroom::fleet
