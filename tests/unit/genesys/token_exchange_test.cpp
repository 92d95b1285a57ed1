#include "shared/genesys/token_exchange.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_support/fake_time.hpp"
#include "test_support/scripted_http.hpp"

namespace strongroom::genesys {
namespace {

using std::chrono::milliseconds;

PlatformConfig config() {
    PlatformConfig config;
    config.token_url = "https://login.example/oauth/token";
    config.client_id = "id 1";
    config.client_secret = Secret{"s&cret"};
    return config;
}

Result<IssuedToken> read(int status, std::string body) {
    const test::FakeTime time;
    return read_token(test::http_response(status, std::move(body)), time.wall_now(), config());
}

TEST(TokenExchange, IntroducesTheClientInTheHeader) {
    const http::Request request = token_request(config());
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://login.example/oauth/token");
    EXPECT_EQ(request.body, "grant_type=client_credentials");
    EXPECT_EQ(request.headers.find("Authorization"), "Basic aWQgMTpzJmNyZXQ=");
    EXPECT_EQ(request.headers.find("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(request.timeout, milliseconds{5'000});
}

TEST(TokenExchange, IntroducesTheClientInTheBodyWhereThatIsWanted) {
    PlatformConfig in_body = config();
    in_body.credentials_in = CredentialsIn::kBody;
    in_body.scope = "media:view interaction:metadata:update";
    const http::Request request = token_request(in_body);
    EXPECT_FALSE(request.headers.find("Authorization"));
    EXPECT_EQ(request.body,
              "grant_type=client_credentials&client_id=id%201&client_secret=s%26cret"
              "&scope=media%3Aview%20interaction%3Ametadata%3Aupdate");
}

TEST(TokenExchange, ReadsTokenAndLifetime) {
    const auto token = read(200, R"({"access_token":"abc","token_type":"bearer","expires_in":28800})");
    ASSERT_TRUE(token);
    EXPECT_EQ(token->value.reveal(), "abc");
    EXPECT_EQ(token->lifetime, milliseconds{28'800'000});
    EXPECT_EQ(read(200, R"({"access_token":"abc"})")->lifetime, milliseconds{300'000});
    EXPECT_EQ(read(200, R"({"access_token":"abc","expires_in":"9"})")->lifetime, milliseconds{300'000});
    EXPECT_EQ(read(200, R"({"access_token":"abc","expires_in":-1})")->lifetime, milliseconds{10'000});
    EXPECT_LE(read(200, R"({"access_token":"abc","expires_in":1e300})")->lifetime, std::chrono::hours{24 * 365});
}

TEST(TokenExchange, TellsRefusalsFromAnswersThatAreNoTokens) {
    for (const char* body : {"", "<html>", "{}", R"({"access_token":""})", R"({"access_token":7})",
                             R"({"access_token":"a\r\nX-Evil: 1"})"}) {
        const auto token = read(200, body);
        ASSERT_FALSE(token) << body;
        EXPECT_EQ(token.error().kind, FailureKind::kTransient);
        EXPECT_EQ(token.error().dependency, Dependency::kToken);
    }
    EXPECT_EQ(read(401, R"({"error":"invalid_client"})").error().kind, FailureKind::kOutage);
    EXPECT_EQ(read(400, R"({"error":"invalid_client"})").error().kind, FailureKind::kOutage);
    EXPECT_EQ(read(500, "").error().kind, FailureKind::kTransient);
    EXPECT_EQ(read(429, "").error().kind, FailureKind::kThrottled);
}

}  // namespace
}  // namespace strongroom::genesys
