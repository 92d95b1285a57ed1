#include "shared/genesys/shard_token.hpp"

#include <gtest/gtest.h>

#include "genesys/fake_tokens.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::genesys {
namespace {

TEST(ShardToken, AsksThePodOnlyWhenItsCopyEnds) {
    FakeTokens pod;
    test::FakeTime time;
    pod.use_until = time.now() + std::chrono::seconds{60};
    ShardToken shard{pod, time};
    for (int i = 0; i < 3; ++i) EXPECT_EQ(test::run_task(shard.token())->version, "1");
    EXPECT_EQ(pod.asked, 1);
    time.advance(std::chrono::seconds{60});
    EXPECT_TRUE(test::run_task(shard.token()));
    EXPECT_EQ(pod.asked, 2);
}

TEST(ShardToken, PassesAnInvalidationOnAndDropsItsCopy) {
    FakeTokens pod;
    const test::FakeTime time;
    ShardToken shard{pod, time};
    ASSERT_TRUE(test::run_task(shard.token()));
    test::run_task(shard.invalidate("older"));
    EXPECT_EQ(pod.invalidated, std::vector<std::string>{"older"});
    EXPECT_EQ(test::run_task(shard.token())->version, "1");
    test::run_task(shard.invalidate("1"));
    EXPECT_EQ(test::run_task(shard.token())->version, "3");
}

}  // namespace
}  // namespace strongroom::genesys
