#include "shared/genesys/api_client.hpp"

#include <gtest/gtest.h>

#include "genesys/fake_tokens.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"
#include "test_support/scripted_http.hpp"

namespace strongroom::genesys {
namespace {

using std::chrono::milliseconds;

struct Fixture {
    Result<http::Response> send(ApiCall call) { return test::run_task(api.send(std::move(call))); }
    Result<http::Response> get() { return send({.path = "/api/v2/x", .what = "GET /api/v2/x"}); }

    test::ScriptedHttp http;
    FakeTokens tokens;
    test::FakeTime time;
    ApiClient api{http, tokens, time, {.api_url = "https://api.example"}};
};

TEST(ApiClient, CallsWithTheTokenAndATimeout) {
    Fixture f;
    f.http.answers.push_back(test::http_response(200, "{}"));
    ASSERT_TRUE(f.send({.method = "PATCH", .path = "/api/v2/x", .what = "PATCH", .body = "{}"}));
    const http::Request& request = f.http.requests.at(0);
    EXPECT_EQ(request.method, "PATCH");
    EXPECT_EQ(request.url, "https://api.example/api/v2/x");
    EXPECT_EQ(request.headers.find("Authorization"), "Bearer token-1");
    EXPECT_EQ(request.headers.find("Content-Type"), "application/json");
    EXPECT_EQ(request.body, "{}");
    EXPECT_EQ(request.timeout, milliseconds{5'000});
    EXPECT_EQ(request.max_redirects, 0);
}

TEST(ApiClient, A401DropsTheTokenAndTriesOnceMore) {
    Fixture f;
    f.http.answers.push_back(test::http_response(401));
    f.http.answers.push_back(test::http_response(200));
    ASSERT_TRUE(f.get());
    EXPECT_EQ(f.tokens.invalidated, std::vector<std::string>{"1"});
    EXPECT_EQ(f.http.requests.at(1).headers.find("Authorization"), "Bearer token-2");
}

TEST(ApiClient, ASecond401IsAnOutageAndLeavesTheNewToken) {
    Fixture f;
    f.http.answers.push_back(test::http_response(401));
    f.http.answers.push_back(test::http_response(401, R"({"code":"bad.credentials","message":"Invalid login"})"));
    const auto refused = f.get();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FailureKind::kOutage);
    EXPECT_EQ(refused.error().dependency, Dependency::kApi);
    EXPECT_NE(refused.error().message.find("bad.credentials"), std::string::npos);
    EXPECT_EQ(f.tokens.invalidated, std::vector<std::string>{"1"});
}

TEST(ApiClient, WithoutATokenNothingIsSent) {
    Fixture f;
    f.tokens.failure = Failure{.kind = FailureKind::kOutage, .dependency = Dependency::kToken};
    EXPECT_EQ(f.get().error().dependency, Dependency::kToken);
    EXPECT_TRUE(f.http.requests.empty());
}

TEST(ApiClient, ATransportFailureIsTheApis) {
    Fixture f;
    f.http.answers.push_back(Failure{.cause = Cause::kTimeout, .message = "timed out"});
    const auto failed = f.get();
    EXPECT_EQ(failed.error().kind, FailureKind::kTransient);
    EXPECT_EQ(failed.error().dependency, Dependency::kApi);
    EXPECT_EQ(f.http.requests.size(), 1U);
}

TEST(ApiClient, NotesTheRateLimitThatThePlatformReports) {
    Fixture f;
    f.http.answers.push_back(test::http_response(
        200, {}, {{"inin-ratelimit-count", "1"}, {"inin-ratelimit-allowed", "180"}, {"inin-ratelimit-reset", "61"}}));
    ASSERT_TRUE(f.get());
    const RateLimit reported{.count = 1, .allowed = 180, .reset = std::chrono::seconds{61}};
    EXPECT_EQ(f.api.rate_limit(), reported);
    f.http.answers.push_back(test::http_response(
        200, {}, {{"inin-ratelimit-count", "x"}, {"inin-ratelimit-allowed", "-1"}, {"inin-ratelimit-reset", ""}}));
    ASSERT_TRUE(f.get());
    EXPECT_EQ(f.api.rate_limit(), reported);
}

}  // namespace
}  // namespace strongroom::genesys
