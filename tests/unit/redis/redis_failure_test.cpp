#include "shared/redis/redis_failure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom::redis {
namespace {

TEST(RedisFailure, IsTransientWhateverTheServerSays) {
    struct Case {
        const char* reply;
        Cause cause;
    };
    for (const auto& [reply, cause] : {
             Case{"WRONGPASS invalid username-password pair or user is disabled.", Cause::kUnauthorized},
             Case{"NOAUTH Authentication required.", Cause::kUnauthorized},
             Case{"NOPERM this user has no permissions to run the 'set' command", Cause::kForbidden},
             Case{"OOM command not allowed when used memory > 'maxmemory'.", Cause::kOther},
             Case{"BUSY Redis is busy running a script.", Cause::kOther},
         }) {
        const Failure failure = refused("SET", reply);
        EXPECT_EQ(failure.kind, FailureKind::kTransient) << reply;
        EXPECT_EQ(failure.dependency, Dependency::kRedis);
        EXPECT_EQ(failure.cause, cause) << reply;
        EXPECT_THAT(failure.message, testing::StartsWith("redis refused SET: "));
    }
}

TEST(RedisFailure, CutsOffRepeatedArgumentsFurtherLinesAndLength) {
    EXPECT_EQ(refused("FOO", "ERR unknown command 'FOO', with args beginning with: 'secret' ").message,
              "redis refused FOO: ERR unknown command 'FOO'");
    EXPECT_EQ(refused("EVAL", "ERR broken\r\nsecret").message, "redis refused EVAL: ERR broken");
    EXPECT_LT(refused("EVAL", std::string(5'000, 'x')).message.size(), 250U);
}

}  // namespace
}  // namespace strongroom::redis
