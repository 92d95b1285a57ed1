#include "tests/simulator/platform.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "shared/base/encoding.hpp"
#include "tests/unit/test_support/fake_time.hpp"

namespace strongroom::simulator {
namespace {

namespace json = boost::json;

class PlatformTest : public testing::Test {
  protected:
    static PlatformConfig config() {
        PlatformConfig config{.public_url = "http://p"};
        config.tokens.clients["id"] = "secret";
        return config;
    }

    Answer ask(std::string_view method, std::string_view target, std::string_view body = {},
               std::string_view range = {}) {
        const auto mark = std::min(target.find('?'), target.size());
        return platform.answer({.method = method,
                                .path = target.substr(0, mark),
                                .query = target.substr(std::min(mark + 1, target.size())),
                                .authorization = authorization,
                                .content_type = "application/x-www-form-urlencoded",
                                .range = range,
                                .body = body});
    }
    void log_in() {
        authorization.clear();
        const auto answer =
            ask("POST", "/oauth/token", "grant_type=client_credentials&client_id=id&client_secret=secret");
        authorization = "Bearer " + std::string{field(answer, "access_token")};
    }
    static std::string_view field(const Answer& answer, std::string_view key) {
        static json::value parsed;
        parsed = json::parse(answer.reply.text);
        return parsed.at(key).as_string();
    }
    std::string download_target(std::string_view id) {
        const auto answer = ask("GET", "/api/v2/media/" + std::string{id});
        return std::string{field(answer, "downloadUrl").substr(std::string_view{"http://p"}.size())};
    }

    test::FakeTime time;
    test::CountingRandom random;
    int lifted = 0;
    Platform platform{time, random, [this] { ++lifted; }, config()};
    std::string authorization;
};

TEST_F(PlatformTest, GivesTokensToKnownClientsOnly) {
    EXPECT_EQ(ask("POST", "/oauth/token", "grant_type=client_credentials&client_id=id&client_secret=no").reply.status,
              401);
    EXPECT_EQ(ask("POST", "/oauth/token", "client_id=id&client_secret=secret").reply.status, 400);
    EXPECT_EQ(ask("POST", "/oauth/token", "grant_type=password&client_id=id&client_secret=secret").reply.status, 400);
    authorization = "Basic " + base64_encode(as_bytes("id:secret"));
    const auto answer = ask("POST", "/oauth/token", "grant_type=client_credentials&scope=media%3Aview");
    EXPECT_EQ(answer.reply.status, 200);
    EXPECT_EQ(field(answer, "scope"), "media:view");
}

TEST_F(PlatformTest, RefusesMissingExpiredAndRevokedTokens) {
    EXPECT_EQ(field(ask("GET", "/api/v2/media/a"), "code"), "authentication.required");
    log_in();
    EXPECT_EQ(ask("GET", "/api/v2/media/a").reply.status, 200);
    time.advance(std::chrono::hours{8});
    EXPECT_EQ(field(ask("GET", "/api/v2/media/a"), "code"), "bad.credentials");
    log_in();
    ask("POST", "/control/tokens/revoke");
    EXPECT_EQ(ask("GET", "/api/v2/media/a").reply.status, 401);
}

TEST_F(PlatformTest, DownloadUrlsExpireAndCannotBeChanged) {
    log_in();
    const auto target = download_target("call-s100");
    const auto answer = ask("GET", target, {}, "bytes=10-19");
    EXPECT_EQ(answer.reply.status, 206);
    EXPECT_EQ(answer.reply.media->first, 10U);
    EXPECT_EQ(answer.reply.body_length(), 10U);
    EXPECT_NE(ask("GET", "/download/other" + target.substr(target.find('?'))).reply.text.find("SignatureDoesNotMatch"),
              std::string::npos);
    time.advance(std::chrono::minutes{5});
    EXPECT_NE(ask("GET", target).reply.text.find("Request has expired"), std::string::npos);
}

TEST_F(PlatformTest, AFaultReplacesTheAnswerWithoutTheEffectUnlessAsked) {
    log_in();
    const auto patch = [this] {
        return ask("PATCH", "/api/v2/interactions/i", R"({"metadata":{"k":"v"}})").reply.status;
    };
    ask("POST", "/control/faults", R"([{"route":"interactions","id":"i","status":500},
                                       {"route":"interactions","id":"i","status":502,"apply":true,"method":"PATCH"}])");
    EXPECT_EQ(patch(), 500);
    EXPECT_EQ(ask("GET", "/control/interactions").reply.text, "{}");
    EXPECT_EQ(patch(), 502);
    EXPECT_EQ(ask("GET", "/control/interactions").reply.text, R"({"i":{"k":"v"}})");
    EXPECT_EQ(patch(), 200);
}

TEST_F(PlatformTest, ThrottlesWithTheOfficialBody) {
    log_in();
    ask("POST", "/control/faults", R"({"route":"media","id":"*","status":429,"retry_after":42})");
    const auto answer = ask("GET", "/api/v2/media/a");
    EXPECT_EQ(field(answer, "message"), "Rate limit exceeded the maximum. Retry the request in [42] seconds");
    EXPECT_NE(answer.reply.headers.find("Retry-After: 42\r\n"), std::string::npos);
}

TEST_F(PlatformTest, RetryAfterCanBeADate) {
    log_in();
    ask("POST", "/control/faults", R"({"route":"media","status":503,"retry_after":"http-date+5"})");
    EXPECT_NE(ask("GET", "/api/v2/media/a").reply.headers.find("Retry-After: Sat, 21 Nov 2026 09:30:50 GMT\r\n"),
              std::string::npos);
}

TEST_F(PlatformTest, MistypedControlRequestsAreRefused) {
    EXPECT_EQ(ask("POST", "/control/faults", R"({"route":"media","sattus":503})").reply.status, 400);
    EXPECT_EQ(ask("POST", "/control/faults", R"({"route":"nowhere"})").reply.status, 400);
    EXPECT_EQ(ask("PUT", "/control/tokens", "[]").reply.status, 400);
    EXPECT_EQ(ask("GET", "/control/nothing").reply.status, 404);
}

TEST_F(PlatformTest, ResetForgetsEverything) {
    log_in();
    ask("PUT", "/control/media/a", R"({"gone":true})");
    EXPECT_EQ(ask("GET", "/api/v2/media/a").reply.status, 410);
    ask("POST", "/control/reset");
    EXPECT_EQ(lifted, 1);
    EXPECT_EQ(ask("GET", "/control/journal").reply.text, R"({"total":0,"requests":[]})");
    EXPECT_EQ(ask("GET", "/api/v2/media/a").reply.status, 401);
    log_in();
    EXPECT_EQ(ask("GET", "/api/v2/media/a").reply.status, 200);
}

}  // namespace
}  // namespace strongroom::simulator
