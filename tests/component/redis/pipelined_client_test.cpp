#include "shared/redis/pipelined_client.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include "test_support/connected_redis.hpp"
#include "test_support/redis_server.hpp"

namespace strongroom::redis {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

struct Connected : test::ConnectedRedis {
    using ConnectedRedis::ConnectedRedis;

    /// Asks until the server answers again.
    static Task<> until_answered(PipelinedClient& client, Sleeper& sleeper) {
        while (!co_await client.command({"PING"})) co_await sleeper.sleep_for(milliseconds{5});
    }
    void wait_until_answered() { run(until_answered(client, sleeper)); }
    Result<Reply> script(const Script& script, std::vector<std::string> keys, std::vector<std::string> arguments) {
        return run(client.run(script, std::move(keys), std::move(arguments)));
    }
};

TEST(PipelinedClient, CallsWaitForTheFirstConnection) {
    const test::RedisServer server;
    Connected redis{test::redis_config(server.url())};
    const auto reply = redis.command({"SET", "k", "v"});
    ASSERT_TRUE(reply) << reply.error().message;
    EXPECT_EQ(*reply->text(), "OK");
    EXPECT_EQ(*redis.command({"GET", "k"})->text(), "v");
    EXPECT_TRUE(redis.command({"GET", "nothing"})->is_nil());
    EXPECT_TRUE(redis.client.connected());
}

Task<> count_up(PipelinedClient& client, std::vector<std::int64_t>& seen) {
    const auto reply = co_await client.command({"INCR", "n"});
    seen.push_back(*reply.value().integer());
}

TEST(PipelinedClient, ManyCallsShareOneConnectionInOrder) {
    const test::RedisServer server;
    Connected redis{test::redis_config(server.url())};
    TaskGroup callers{redis.context.get_executor()};
    std::vector<std::int64_t> seen;
    for (int i = 0; i < 2'000; ++i) callers.spawn(count_up(redis.client, seen));
    test::run_task(redis.context, callers.join());
    ASSERT_EQ(seen.size(), 2'000U);
    for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], static_cast<std::int64_t>(i + 1));
}

TEST(PipelinedClient, RunsScriptsThatTheServerHasAndHasNot) {
    const test::RedisServer server;
    Connected redis{test::redis_config(server.url())};
    const Script script{"return {KEYS[1], ARGV[1], 7}"};
    for (int i = 0; i < 2; ++i) {
        const auto reply = redis.script(script, {"key"}, {"argument"});
        ASSERT_TRUE(reply) << reply.error().message;
        EXPECT_EQ(*reply->array()->at(0).text(), "key");
        EXPECT_EQ(*reply->array()->at(1).text(), "argument");
        EXPECT_EQ(*reply->array()->at(2).integer(), 7);
    }
    EXPECT_TRUE(redis.command({"SCRIPT", "FLUSH"}));
    EXPECT_TRUE(redis.script(script, {"key"}, {"argument"}));
}

TEST(PipelinedClient, AnErrorReplyLeavesTheConnectionInUse) {
    const test::RedisServer server;
    Connected redis{test::redis_config(server.url())};
    ASSERT_TRUE(redis.command({"SET", "k", "text"}));
    const auto refused = redis.command({"INCR", "k"});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("redis refused INCR"));
    EXPECT_TRUE(redis.client.connected());
    EXPECT_TRUE(redis.command({"PING"}));
}

TEST(PipelinedClient, FailsAtOnceWhileDownAndComesBackByItself) {
    test::RedisServer server;
    Connected redis{test::redis_config(server.url())};
    ASSERT_TRUE(redis.command({"PING"}));
    server.stop();
    ASSERT_FALSE(redis.command({"PING"}));
    const auto down = redis.command({"PING"});
    ASSERT_FALSE(down);
    EXPECT_EQ(down.error().kind, FailureKind::kTransient);
    EXPECT_EQ(down.error().dependency, Dependency::kRedis);
    EXPECT_EQ(down.error().cause, Cause::kConnect);
    EXPECT_FALSE(redis.client.connected());
    server.start();
    redis.wait_until_answered();
    EXPECT_TRUE(redis.client.connected());
}

TEST(PipelinedClient, DropsAServerThatDoesNotAnswer) {
    test::RedisServer server;
    ClientConfig config = test::redis_config(server.url());
    config.command_timeout = milliseconds{50};
    config.connect_timeout = milliseconds{50};
    Connected redis{std::move(config)};
    redis.wait_until_answered();
    server.freeze();
    const auto silent = redis.command({"PING"});
    EXPECT_EQ(silent.error().cause, Cause::kTimeout);
    EXPECT_FALSE(redis.command({"PING"}));
    server.thaw();
    redis.wait_until_answered();
}

TEST(PipelinedClient, IntroducesItself) {
    const test::RedisServer server{{"--requirepass", "open sesame"}};
    const std::string address = "127.0.0.1:" + std::to_string(server.port());
    Connected right{test::redis_config("redis://:open%20sesame@" + address + "/3")};
    EXPECT_TRUE(right.command({"PING"}));
    EXPECT_THAT(*right.command({"CLIENT", "INFO"})->text(), HasSubstr(" db=3 "));

    Connected wrong{test::redis_config("redis://:closed@" + address)};
    const auto refused = wrong.command({"PING"});
    EXPECT_EQ(refused.error().cause, Cause::kUnauthorized);
    EXPECT_THAT(refused.error().message, HasSubstr("check user and password in redis.url"));
    Connected none{test::redis_config("redis://" + address)};
    EXPECT_EQ(none.command({"PING"}).error().cause, Cause::kUnauthorized);
    Connected no_such_database{test::redis_config("redis://:open%20sesame@" + address + "/99")};
    EXPECT_THAT(no_such_database.command({"PING"}).error().message, HasSubstr("redis refused SELECT"));
}

/// Makes a certificate for 127.0.0.1 that is its own root: `name`.crt and `name`.key.
void make_certificate(const std::string& name) {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=redis"
        " -addext subjectAltName=IP:127.0.0.1 -keyout " +
        name + ".key -out " + name + ".crt 2>/dev/null";
    // NOLINTNEXTLINE(bugprone-command-processor): a test's own fixed command
    ASSERT_EQ(std::system(command.c_str()), 0);
}

TEST(PipelinedClient, SpeaksTlsOnlyWithAServerThatItsRootsVouchFor) {
    const std::string name = testing::TempDir() + "strongroom-redis-" + std::to_string(getpid());
    make_certificate(name);
    const test::RedisServer server{
        {"--tls-cert-file", name + ".crt", "--tls-key-file", name + ".key", "--tls-auth-clients", "no"}, "--tls-port"};
    ClientConfig config = test::redis_config("rediss://127.0.0.1:" + std::to_string(server.port()));
    Connected stranger{config};
    const auto refused = stranger.command({"PING"});
    EXPECT_THAT(refused.error().message, HasSubstr("no TLS with redis at 127.0.0.1"));

    config.ca_file = name + ".crt";
    Connected known{config};
    const auto answered = known.command({"ECHO", std::string(100'000, 'x')});
    ASSERT_TRUE(answered) << answered.error().message;
    EXPECT_EQ(answered->text()->size(), 100'000U);
    std::filesystem::remove(name + ".crt");
    std::filesystem::remove(name + ".key");
}

}  // namespace
}  // namespace strongroom::redis
