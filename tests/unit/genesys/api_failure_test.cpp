#include "shared/genesys/api_failure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test_support/fake_time.hpp"
#include "test_support/scripted_http.hpp"

namespace strongroom::genesys {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr const char* kTooMany =
    R"({"message":"Rate limit exceeded the maximum. Retry the request in [42] seconds",)"
    R"("code":"too.many.requests.retry.after","status":429,"contextId":"x","details":[],"errors":[]})";

TEST(ApiFailure, ReadsWhatBothKindsOfErrorBodySay) {
    EXPECT_EQ(error_detail(R"({"code":"not.found","message":"No such thing","status":404})"),
              "not.found: No such thing");
    EXPECT_EQ(error_detail(R"({"error":"invalid_client","error_description":"unknown"})"), "invalid_client: unknown");
    EXPECT_EQ(error_detail(R"({"code":"only.code"})"), "only.code");
    for (const char* silent : {"", "<html>no</html>", "[1]", "{}", R"({"code":7,"message":null})"}) {
        EXPECT_EQ(error_detail(silent), "") << silent;
    }
    EXPECT_EQ(error_detail("{\"code\":\"a\\n\\u0000b\"}"), "a??b");
    EXPECT_LT(error_detail(R"({"message":")" + std::string(9'000, 'x') + R"("})").size(), 400U);
}

TEST(ApiFailure, DeeplyNestedBodiesAreNotRead) {
    EXPECT_EQ(error_detail(R"({"code":"x","a":)" + std::string(500, '[') + std::string(500, ']') + "}"), "");
}

TEST(ApiFailure, EveryStatusHasItsKind) {
    struct Case {
        int status;
        FailureKind kind;
        Cause cause;
    };
    const test::FakeTime time;
    for (const auto& [status, kind, cause] : {
             Case{301, FailureKind::kOutage, Cause::kOther},
             Case{400, FailureKind::kPermanent, Cause::kOther},
             Case{401, FailureKind::kOutage, Cause::kUnauthorized},
             Case{403, FailureKind::kPermanent, Cause::kForbidden},
             Case{404, FailureKind::kPermanent, Cause::kNotFound},
             Case{410, FailureKind::kPermanent, Cause::kGone},
             Case{429, FailureKind::kThrottled, Cause::kOther},
             Case{500, FailureKind::kTransient, Cause::kOther},
             Case{502, FailureKind::kTransient, Cause::kOther},
             Case{503, FailureKind::kTransient, Cause::kOther},
             Case{504, FailureKind::kTransient, Cause::kTimeout},
         }) {
        const Failure failure = api_failure(test::http_response(status), time.wall_now(), "GET /x");
        EXPECT_EQ(failure.kind, kind) << status;
        EXPECT_EQ(failure.cause, cause) << status;
        EXPECT_EQ(failure.dependency, Dependency::kApi);
        EXPECT_THAT(failure.message, HasSubstr("GET /x"));
    }
}

TEST(ApiFailure, ObeysEveryFormOfRetryAfter) {
    const test::FakeTime time;  // 2026-11-21T09:30:45.013Z
    const auto wait = [&](http::Headers headers) {
        return api_failure(test::http_response(429, kTooMany, std::move(headers)), time.wall_now(), "GET /x")
            .retry_after;
    };
    EXPECT_EQ(wait({{"Retry-After", "42"}}), milliseconds{42'000});
    EXPECT_EQ(wait({{"retry-after", "Sat, 21 Nov 2026 09:30:55 GMT"}}), milliseconds{9'987});
    EXPECT_EQ(wait({}), milliseconds{2'000});
    EXPECT_EQ(wait({{"Retry-After", "soon"}}), milliseconds{2'000});
    EXPECT_EQ(wait({{"Retry-After", "-5"}}), milliseconds{2'000});
}

TEST(ApiFailure, ARefusalByTheTokenEndpointIsAnOutage) {
    const test::FakeTime time;
    for (const int status : {302, 400, 401, 403, 404, 405}) {
        const Failure failure = token_failure(test::http_response(status, R"({"error":"invalid_client"})"),
                                              time.wall_now(), "POST https://login/oauth/token");
        EXPECT_EQ(failure.kind, FailureKind::kOutage) << status;
        EXPECT_EQ(failure.dependency, Dependency::kToken);
        EXPECT_THAT(failure.message, HasSubstr("invalid_client"));
    }
    EXPECT_EQ(token_failure(test::http_response(503), time.wall_now(), "POST").kind, FailureKind::kTransient);
    const Failure throttled =
        token_failure(test::http_response(429, {}, {{"Retry-After", "7"}}), time.wall_now(), "POST");
    EXPECT_EQ(throttled.kind, FailureKind::kThrottled);
    EXPECT_EQ(throttled.retry_after, milliseconds{7'000});
}

}  // namespace
}  // namespace strongroom::genesys
