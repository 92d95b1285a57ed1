#include <gtest/gtest.h>

#include "shared/http/curl_failure.hpp"
#include "shared/http/curl_handles.hpp"
#include "shared/http/head_reader.hpp"
#include "shared/http/request.hpp"
#include "shared/http/retry_after.hpp"
#include "shared/http/status_failure.hpp"
#include "shared/http/watchdog.hpp"
#include "test_support/fake_time.hpp"

namespace strongroom::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Headers, FindsNamesWithoutCaseAndReplacesAllOfAName) {
    Headers headers{{"ETag", "a"}, {"x-b", "1"}, {"etag", "b"}};
    EXPECT_EQ(headers.find("etag"), "a");
    headers.set("ETAG", "c");
    EXPECT_EQ(headers.find("ETag"), "c");
    EXPECT_EQ(std::distance(headers.begin(), headers.end()), 2);
    EXPECT_FALSE(headers.find("x"));
}

TEST(LoggableUrl, LosesQueryFragmentAndUserInfo) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"https://h:8443/a/b?X-Amz-Signature=abc#f", "https://h:8443/a/b"},
        {"https://user:secret@h/a@b", "https://h/a@b"},
        {"http://h", "http://h"},
        {"http://h?token=1", "http://h"},
        {"not a url?x", "not a url"},
    };
    for (const auto& [url, shown] : cases) EXPECT_EQ(loggable_url(url), shown);
}

TEST(HeadReader, KeepsTheLastResponse) {
    HeadReader reader;
    EXPECT_FALSE(reader.take("HTTP/1.1 100 Continue\r\n"));
    EXPECT_TRUE(reader.take("\r\n"));
    EXPECT_EQ(reader.head().status, 100);
    for (const auto* line : {"HTTP/1.1 206 Partial Content\r\n", "Content-length:  42 \r\n", "ETag: \"x\"\r\n"}) {
        EXPECT_FALSE(reader.take(line));
    }
    EXPECT_TRUE(reader.take("\r\n"));
    EXPECT_EQ(reader.head().status, 206);
    EXPECT_EQ(reader.head().content_length, 42U);
    EXPECT_EQ(reader.head().headers.find("etag"), "\"x\"");
}

TEST(RetryAfter, ReadsSecondsAndDatesAndSurvivesNonsense) {
    const test::FakeTime time;  // 2026-11-21T09:30:45.013Z
    const std::vector<std::pair<std::optional<std::string_view>, milliseconds>> cases{
        {"7", seconds{7}},
        {"0", seconds{1}},
        {"99999999999999999999", seconds{300}},
        {"Sat, 21 Nov 2026 09:30:55 GMT", milliseconds{9'987}},
        {"Sat, 21 Nov 2026 09:00:00 GMT", seconds{1}},
        {std::nullopt, seconds{2}},
        {"", seconds{2}},
        {"-3", seconds{2}},
        {"1.5", seconds{2}},
        {"soon", seconds{2}},
    };
    for (const auto& [value, expected] : cases) {
        EXPECT_EQ(parse_retry_after(value, time.wall_now()), expected) << value.value_or("(none)");
    }
}

TEST(StatusFailure, GivesEveryStatusAKindAndACause) {
    using enum FailureKind;
    struct Case {
        int status;
        FailureKind kind;
        Cause cause;
    };
    const Case cases[]{
        {302, kPermanent, Cause::kOther},
        {400, kPermanent, Cause::kOther},
        {401, kOutage, Cause::kUnauthorized},
        {403, kPermanent, Cause::kForbidden},
        {404, kPermanent, Cause::kNotFound},
        {408, kTransient, Cause::kTimeout},
        {409, kTransient, Cause::kConflict},
        {410, kPermanent, Cause::kGone},
        {412, kPermanent, Cause::kPreconditionFailed},
        {413, kPermanent, Cause::kTooLarge},
        {422, kPermanent, Cause::kOther},
        {429, kThrottled, Cause::kOther},
        {500, kTransient, Cause::kOther},
        {501, kPermanent, Cause::kOther},
        {502, kTransient, Cause::kOther},
        {503, kTransient, Cause::kOther},
        {504, kTransient, Cause::kTimeout},
        {599, kTransient, Cause::kOther},
    };
    for (const Case& c : cases) {
        const Failure failure = status_failure({.status = c.status}, WallTime{}, "GET https://h/a");
        EXPECT_EQ(failure.kind, c.kind) << c.status;
        EXPECT_EQ(failure.cause, c.cause) << c.status;
        EXPECT_EQ(failure.retry_after.has_value(), c.status == 429) << c.status;
        EXPECT_TRUE(failure.message.starts_with("GET https://h/a: HTTP " + std::to_string(c.status)));
    }
}

TEST(StatusFailure, CarriesRetryAfterOfThrottlingAndOfServerErrors) {
    const ResponseHead busy{.status = 503, .headers = {{"Retry-After", "4"}}};
    EXPECT_EQ(status_failure(busy, WallTime{}, "x").retry_after, seconds{4});
    const ResponseHead throttled{.status = 429};
    EXPECT_EQ(status_failure(throttled, WallTime{}, "x", "slow down").retry_after, seconds{2});
    EXPECT_EQ(status_failure(throttled, WallTime{}, "x", "slow down").message,
              "x: HTTP 429 too many requests (slow down)");
}

TEST(CurlFailure, TellsWhatMayPassFromWhatCannot) {
    using enum FailureKind;
    struct Case {
        CURLcode code;
        FailureKind kind;
        Cause cause;
    };
    const Case cases[]{
        {CURLE_COULDNT_RESOLVE_HOST, kTransient, Cause::kConnect},
        {CURLE_COULDNT_CONNECT, kTransient, Cause::kConnect},
        {CURLE_GOT_NOTHING, kTransient, Cause::kConnect},
        {CURLE_SEND_ERROR, kTransient, Cause::kConnect},
        {CURLE_RECV_ERROR, kTransient, Cause::kConnect},
        {CURLE_SSL_CONNECT_ERROR, kTransient, Cause::kConnect},
        {CURLE_SEND_FAIL_REWIND, kTransient, Cause::kOther},
        {CURLE_HTTP2_STREAM, kTransient, Cause::kOther},
        {CURLE_OPERATION_TIMEDOUT, kTransient, Cause::kTimeout},
        {CURLE_PARTIAL_FILE, kTransient, Cause::kTruncated},
        {CURLE_PEER_FAILED_VERIFICATION, kOutage, Cause::kConnect},
        {CURLE_URL_MALFORMAT, kPermanent, Cause::kUnsupported},
        {CURLE_TOO_MANY_REDIRECTS, kPermanent, Cause::kOther},
    };
    for (const Case& c : cases) {
        const Failure failure = curl_failure(c.code, "GET https://h/a", "");
        EXPECT_EQ(failure.kind, c.kind) << c.code;
        EXPECT_EQ(failure.cause, c.cause) << c.code;
    }
}

TEST(CurlFailure, ShowsCurlsTextOnlyWhereItHoldsNoQuery) {
    const std::string base = "GET https://h/a: Timeout was reached";
    EXPECT_EQ(curl_failure(CURLE_OPERATION_TIMEDOUT, "GET https://h/a", "after 5 ms").message, base + " (after 5 ms)");
    EXPECT_EQ(curl_failure(CURLE_OPERATION_TIMEDOUT, "GET https://h/a", "/a?sig=1").message, base);
    EXPECT_EQ(curl_failure(CURLE_OPERATION_TIMEDOUT, "GET https://h/a", "a\nb").message, base);
}

TEST(Watchdog, StallsOnlyWhereNothingMoves) {
    using enum Watchdog::Verdict;
    const SteadyTime start{};
    Watchdog watchdog{{.stall = seconds{30}, .paused = seconds{300}, .deadline = seconds{1000}}, start};
    EXPECT_EQ(watchdog.check(0, false, start + seconds{29}), kFine);
    EXPECT_EQ(watchdog.check(5, false, start + seconds{31}), kFine);
    EXPECT_EQ(watchdog.check(5, false, start + seconds{60}), kFine);
    EXPECT_EQ(watchdog.check(5, false, start + seconds{61}), kStalled);
    EXPECT_EQ(watchdog.check(6, false, start + seconds{999}), kFine);
    EXPECT_EQ(watchdog.check(7, false, start + seconds{1000}), kOverdue);
}

TEST(Watchdog, GivesAPausedStreamLongerAndStartsAgainAfterThePause) {
    using enum Watchdog::Verdict;
    const SteadyTime start{};
    Watchdog watchdog{{.stall = seconds{30}, .paused = seconds{300}, .deadline = seconds{1000}}, start};
    EXPECT_EQ(watchdog.check(5, true, start), kFine);
    EXPECT_EQ(watchdog.check(5, true, start + seconds{299}), kFine);
    EXPECT_EQ(watchdog.check(5, false, start + seconds{299}), kFine);
    EXPECT_EQ(watchdog.check(5, false, start + seconds{328}), kFine);
    EXPECT_EQ(watchdog.check(5, true, start + seconds{329}), kFine);
    EXPECT_EQ(watchdog.check(5, true, start + seconds{629}), kStalled);
}

}  // namespace
}  // namespace strongroom::http
