#include "shared/genesys/client_credentials.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"
#include "test_support/scripted_http.hpp"

namespace strongroom::genesys {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A store in memory; can be down, or have its lease held by another pod, which delivers when it is slept long enough.
class FakeTokenStore final : public fleet::TokenStore {
  public:
    Task<Result<std::optional<fleet::SharedToken>>> load() override {
        ++loads;
        if (down) co_return unreachable();
        if (loads == delivered_at_load) stored = delivery;
        co_return stored;
    }
    Task<Result<bool>> replace(std::string expected, fleet::SharedToken token) override {
        if (down) co_return unreachable();
        if (expected != (stored ? stored->version : "")) co_return false;
        stored = std::move(token);
        co_return true;
    }
    Task<Result<>> remove(std::string version) override {
        if (down) co_return unreachable();
        if (stored && stored->version == version) stored.reset();
        co_return Result<>{};
    }
    Task<Result<bool>> begin_refresh(milliseconds /*lease*/) override {
        if (down) co_return unreachable();
        if (held_by_other) co_return false;
        ++begun;
        co_return true;
    }
    Task<> end_refresh() override {
        ++ended;
        co_return;
    }

    static Failure unreachable() { return {.dependency = Dependency::kRedis, .message = "down"}; }

    std::optional<fleet::SharedToken> stored;
    std::optional<fleet::SharedToken> delivery;
    int delivered_at_load = 0;
    bool down = false;
    bool held_by_other = false;
    int loads = 0;
    int begun = 0;
    int ended = 0;
};

fleet::SharedToken shared(const std::string& version, milliseconds expires_in) {
    return {.value = Secret{"shared-" + version}, .version = version, .expires_in = expires_in};
}

struct Pod {
    Pod() { time.advance(std::chrono::hours{1}); }

    void answer(const std::string& token, int lifetime_s) {
        http.answers.push_back(test::http_response(
            200, R"({"access_token":")" + token + R"(","expires_in":)" + std::to_string(lifetime_s) + "}"));
    }
    Result<AccessToken> token() { return test::run_task(context, source.token()); }
    void invalidate(const std::string& version) { test::run_task(context, source.invalidate(version)); }

    boost::asio::io_context context{1};
    test::ScriptedHttp http;
    FakeTokenStore store;
    test::FakeTime time;
    test::CountingRandom random;
    ClientCredentials source{context.get_executor(), {http, store, time, time, random}, {}};
};

TEST(ClientCredentials, KeepsATokenUntilAMinuteBeforeItsEnd) {
    Pod pod;
    pod.answer("one", 300);
    pod.answer("two", 300);
    EXPECT_EQ(pod.token()->value.reveal(), "one");
    pod.time.advance(seconds{239});
    EXPECT_EQ(pod.token()->value.reveal(), "one");
    EXPECT_EQ(pod.http.requests.size(), 1U);
    pod.store.stored->expires_in = seconds{61};
    pod.time.advance(seconds{1});
    pod.store.stored->expires_in = seconds{60};
    EXPECT_EQ(pod.token()->value.reveal(), "two");
    EXPECT_EQ(pod.store.stored->value.reveal(), "two");
}

TEST(ClientCredentials, UsesAShortLivedTokenForHalfOfItsLife) {
    Pod pod;
    pod.answer("one", 40);
    pod.answer("two", 40);
    EXPECT_EQ(pod.token()->value.reveal(), "one");
    pod.time.advance(seconds{19});
    EXPECT_EQ(pod.token()->value.reveal(), "one");
    pod.time.advance(seconds{1});
    EXPECT_EQ(pod.token()->value.reveal(), "two");
}

TEST(ClientCredentials, TakesTheFleetsToken) {
    Pod pod;
    pod.store.stored = shared("7", seconds{600});
    const auto token = pod.token();
    EXPECT_EQ(token->value.reveal(), "shared-7");
    EXPECT_EQ(token->version, "7");
    EXPECT_EQ(token->use_until, pod.time.now() + seconds{540});
    EXPECT_TRUE(pod.http.requests.empty());
}

TEST(ClientCredentials, FetchesOnceForAllWhoWait) {
    Pod pod;
    Event hold{pod.context.get_executor()};
    pod.http.hold = &hold;
    pod.answer("one", 300);
    std::vector<std::optional<Result<AccessToken>>> got(20);
    TaskGroup callers{pod.context.get_executor()};
    for (auto& slot : got) callers.spawn(test::store_result(pod.source.token(), slot));
    pod.context.poll();
    EXPECT_EQ(pod.http.requests.size(), 1U);
    hold.notify();
    test::run_task(pod.context, callers.join());
    for (const auto& slot : got) EXPECT_EQ(slot->value().value.reveal(), "one");
    EXPECT_EQ(pod.http.requests.size(), 1U);
}

TEST(ClientCredentials, AFetchSurvivesTheCallerThatBeganIt) {
    Pod pod;
    Event hold{pod.context.get_executor()};
    pod.http.hold = &hold;
    pod.answer("one", 300);
    std::optional<Result<AccessToken>> first;
    std::optional<Result<AccessToken>> second;
    TaskGroup begun{pod.context.get_executor()};
    TaskGroup waiting{pod.context.get_executor()};
    begun.spawn(test::store_result(pod.source.token(), first));
    pod.context.poll();
    waiting.spawn(test::store_result(pod.source.token(), second));
    pod.context.poll();
    begun.cancel();
    pod.context.poll();
    hold.notify();
    test::run_task(pod.context, waiting.join());
    EXPECT_FALSE(first);
    EXPECT_EQ(second->value().value.reveal(), "one");
}

TEST(ClientCredentials, WaitsForThePodThatHoldsTheLease) {
    Pod pod;
    pod.store.held_by_other = true;
    pod.store.delivery = shared("9", seconds{600});
    pod.store.delivered_at_load = 4;
    EXPECT_EQ(pod.token()->version, "9");
    EXPECT_EQ(pod.time.sleeps, std::vector(3, milliseconds{200}));
    EXPECT_TRUE(pod.http.requests.empty());
}

TEST(ClientCredentials, FetchesForItselfWhenTheHolderDoesNotDeliver) {
    Pod pod;
    pod.store.held_by_other = true;
    pod.answer("own", 300);
    EXPECT_EQ(pod.token()->value.reveal(), "own");
    EXPECT_EQ(pod.time.sleeps.size(), 50U);
}

TEST(ClientCredentials, ReadsAgainAfterTakingTheLease) {
    Pod pod;
    pod.store.delivery = shared("9", seconds{600});
    pod.store.delivered_at_load = 2;
    EXPECT_EQ(pod.token()->version, "9");
    EXPECT_EQ(pod.store.begun, 1);
    EXPECT_EQ(pod.store.ended, 1);
    EXPECT_TRUE(pod.http.requests.empty());
}

TEST(ClientCredentials, GoesOnWithoutTheStore) {
    Pod pod;
    pod.store.down = true;
    pod.answer("one", 300);
    const auto token = pod.token();
    EXPECT_EQ(token->value.reveal(), "one");
    pod.invalidate(token->version);
    pod.answer("two", 300);
    EXPECT_EQ(pod.token()->value.reveal(), "two");
}

TEST(ClientCredentials, DropsOnlyTheVersionThatWasRefused) {
    Pod pod;
    pod.answer("one", 300);
    const auto one = pod.token();
    pod.invalidate("another");
    EXPECT_EQ(pod.token()->version, one->version);
    pod.invalidate(one->version);
    EXPECT_FALSE(pod.store.stored);
    pod.answer("two", 300);
    const auto two = pod.token();
    EXPECT_EQ(two->value.reveal(), "two");
    EXPECT_NE(two->version, one->version);
    pod.invalidate(one->version);
    EXPECT_EQ(pod.token()->version, two->version);
}

TEST(ClientCredentials, AnotherPodsNewerTokenIsTakenAfterA401) {
    Pod pod;
    pod.answer("one", 300);
    const auto one = pod.token();
    pod.store.stored = shared("newer", seconds{600});
    pod.invalidate(one->version);
    EXPECT_EQ(pod.token()->version, "newer");
    EXPECT_EQ(pod.http.requests.size(), 1U);
}

TEST(ClientCredentials, HoldsOffAfterAFailureAsLongAsWasAsked) {
    Pod pod;
    pod.http.answers.push_back(test::http_response(429, {}, {{"Retry-After", "10"}}));
    EXPECT_EQ(pod.token().error().kind, FailureKind::kThrottled);
    pod.time.advance(seconds{4});
    const auto held = pod.token();
    EXPECT_EQ(held.error().kind, FailureKind::kThrottled);
    EXPECT_EQ(held.error().retry_after, milliseconds{6'000});
    EXPECT_EQ(pod.http.requests.size(), 1U);
    EXPECT_EQ(pod.store.ended, 1) << "the lease is given back for the other pods";
    pod.time.advance(seconds{6});
    pod.answer("one", 300);
    EXPECT_EQ(pod.token()->value.reveal(), "one");
}

TEST(ClientCredentials, RefusedCredentialsAreAnOutageThatEndsByItself) {
    Pod pod;
    pod.http.answers.push_back(test::http_response(401, R"({"error":"invalid_client"})"));
    const auto refused = pod.token();
    EXPECT_EQ(refused.error().kind, FailureKind::kOutage);
    EXPECT_EQ(refused.error().dependency, Dependency::kToken);
    EXPECT_EQ(pod.token().error().kind, FailureKind::kOutage);
    pod.time.advance(seconds{1});
    pod.answer("one", 300);
    EXPECT_TRUE(pod.token());
}

}  // namespace
}  // namespace strongroom::genesys
