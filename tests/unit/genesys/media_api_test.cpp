#include "shared/genesys/media_api.hpp"

#include <gtest/gtest.h>

#include "genesys/fake_tokens.hpp"
#include "shared/genesys/storm_guard.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"
#include "test_support/scripted_http.hpp"

namespace strongroom::genesys {
namespace {

struct Fixture {
    Result<MediaLocation> resolve(std::string id, int status, std::string body = {}) {
        http.answers.push_back(test::http_response(status, std::move(body)));
        return test::run_task(platform.resolve(std::move(id)));
    }
    Result<> write_back(std::string id, int status) {
        http.answers.push_back(test::http_response(status));
        return test::run_task(platform.write_back(std::move(id), {{"s3_archive_key", "a\"b"}, {"x", "1"}}));
    }

    test::ScriptedHttp http;
    FakeTokens tokens;
    test::FakeTime time;
    ApiClient api{http, tokens, time, {.api_url = "https://api"}};
    MediaApi media_api{api};
    StormGuard platform{media_api};
};

constexpr const char* kMedia = R"({"status":"complete","downloadUrl":"https://cdn/x"})";

TEST(MediaApi, ResolvesAMediaItem) {
    Fixture f;
    EXPECT_EQ(f.resolve("5f3a", 200, kMedia)->download_url, "https://cdn/x");
    EXPECT_EQ(f.http.requests.at(0).method, "GET");
    EXPECT_EQ(f.http.requests.at(0).url, "https://api/api/v2/media/5f3a");
}

TEST(MediaApi, NoIdLeavesItsPlaceInThePath) {
    struct Case {
        std::string id;
        const char* encoded;
    };
    Fixture f;
    for (const auto& [id, encoded] : {
             Case{"../../oauth", "..%2F..%2Foauth"},
             Case{"..", "%2E%2E"},
             Case{".", "%2E"},
             Case{"a b?c#d%", "a%20b%3Fc%23d%25"},
             Case{std::string("n\0l", 3), "n%00l"},
             Case{"ü", "%C3%BC"},
         }) {
        ASSERT_TRUE(f.resolve(id, 200, kMedia));
        EXPECT_EQ(f.http.requests.back().url, std::string{"https://api/api/v2/media/"} + encoded);
        ASSERT_TRUE(f.write_back(id, 200));
        EXPECT_EQ(f.http.requests.back().url, std::string{"https://api/api/v2/interactions/"} + encoded);
    }
}

TEST(MediaApi, EveryAnswerToResolveHasItsKind) {
    struct Case {
        int status;
        const char* body;
        FailureKind kind;
        Cause cause;
    };
    for (const auto& [status, body, kind, cause] : {
             Case{200, "<html>", FailureKind::kTransient, Cause::kCorrupt},
             Case{200, R"({"status":"processing"})", FailureKind::kNotReady, Cause::kOther},
             Case{202, "", FailureKind::kNotReady, Cause::kOther},
             Case{403, R"({"code":"not.authorized"})", FailureKind::kPermanent, Cause::kForbidden},
             Case{404, "", FailureKind::kPermanent, Cause::kNotFound},
             Case{410, "", FailureKind::kPermanent, Cause::kGone},
             Case{429, "", FailureKind::kThrottled, Cause::kOther},
             Case{500, "", FailureKind::kTransient, Cause::kOther},
         }) {
        Fixture f;
        const auto media = f.resolve("x", status, body);
        ASSERT_FALSE(media) << status;
        EXPECT_EQ(media.error().kind, kind) << status;
        EXPECT_EQ(media.error().cause, cause) << status;
        EXPECT_EQ(media.error().dependency, Dependency::kApi);
        EXPECT_EQ(media.error().stage, Stage::kResolve);
    }
}

TEST(MediaApi, WritesMetadataBack) {
    Fixture f;
    ASSERT_TRUE(f.write_back("i-1", 200));
    EXPECT_EQ(f.http.requests.at(0).method, "PATCH");
    EXPECT_EQ(f.http.requests.at(0).body, R"({"metadata":{"s3_archive_key":"a\"b","x":"1"}})");
    EXPECT_TRUE(f.write_back("i-1", 204));
    EXPECT_TRUE(f.write_back("i-1", 202));
}

TEST(MediaApi, AnInteractionThatIsMissingOrBusyIsWaitedFor) {
    struct Case {
        int status;
        FailureKind kind;
        Cause cause;
    };
    for (const auto& [status, kind, cause] : {
             Case{404, FailureKind::kNotReady, Cause::kNotFound},
             Case{409, FailureKind::kNotReady, Cause::kConflict},
             Case{410, FailureKind::kPermanent, Cause::kGone},
             Case{403, FailureKind::kPermanent, Cause::kForbidden},
             Case{429, FailureKind::kThrottled, Cause::kOther},
             Case{503, FailureKind::kTransient, Cause::kOther},
         }) {
        Fixture f;
        const auto written = f.write_back("i-1", status);
        ASSERT_FALSE(written) << status;
        EXPECT_EQ(written.error().kind, kind) << status;
        EXPECT_EQ(written.error().cause, cause) << status;
        EXPECT_EQ(written.error().stage, Stage::kWriteBack);
    }
}

TEST(StormGuard, WhenAllAreForbiddenTheyWaitUntilOneGetsThrough) {
    Fixture f;
    for (int i = 1; i <= 4; ++i) EXPECT_EQ(f.resolve("x", 403).error().kind, FailureKind::kPermanent) << i;
    for (int i = 0; i < 100; ++i) {
        const auto refused = f.resolve("x", 403);
        EXPECT_EQ(refused.error().kind, FailureKind::kOutage);
        EXPECT_EQ(refused.error().cause, Cause::kForbidden);
    }
    EXPECT_EQ(f.write_back("i", 403).error().kind, FailureKind::kPermanent) << "each stage for itself";
    EXPECT_TRUE(f.resolve("x", 200, kMedia));
    EXPECT_EQ(f.resolve("x", 403).error().kind, FailureKind::kPermanent);
}

TEST(StormGuard, WhatIsGoneIsNoStorm) {
    Fixture f;
    for (int i = 0; i < 200; ++i) EXPECT_EQ(f.resolve("x", 404).error().kind, FailureKind::kPermanent);
    for (int i = 0; i < 200; ++i) EXPECT_EQ(f.resolve("x", 410).error().kind, FailureKind::kPermanent);
    EXPECT_EQ(f.resolve("x", 403).error().kind, FailureKind::kPermanent);
}

}  // namespace
}  // namespace strongroom::genesys
