#include "shared/runtime/retry.hpp"

#include <gtest/gtest.h>

#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"

namespace strongroom {
namespace {

using std::chrono::milliseconds;

struct Scripted {
    std::vector<Result<int>> answers;
    std::size_t calls = 0;
    Task<Result<int>> next() { co_return answers.at(calls++); }
};

Result<int> run(Scripted& script, test::FakeTime& time, Backoff backoff) {
    std::mt19937_64 random{1};
    return test::run_task(retry<int>(time, random, backoff, [&] { return script.next(); }));
}

TEST(Retry, RepeatsTransientFailuresUpToTheLimit) {
    const Result<int> lost = Failure{.kind = FailureKind::kTransient};
    Scripted recovers{{lost, lost, 7}};
    Scripted never{{lost, lost, lost, 7}};
    test::FakeTime time;
    EXPECT_EQ(run(recovers, time, {}).value(), 7);
    EXPECT_EQ(time.sleeps.size(), 2U);
    for (const milliseconds sleep : time.sleeps) EXPECT_LE(sleep, milliseconds{400});
    EXPECT_FALSE(run(never, time, {}));
    EXPECT_EQ(never.calls, 3U);
}

TEST(Retry, ObeysRetryAfterAndGivesUpWhenItIsTooLong) {
    Scripted script{{Failure{.kind = FailureKind::kThrottled, .retry_after = milliseconds{4'000}},
                     Failure{.kind = FailureKind::kThrottled, .retry_after = milliseconds{60'000}}, 7}};
    test::FakeTime time;
    const Result<int> result = run(script, time, {.throttled_tries = 5});
    EXPECT_EQ(time.sleeps, std::vector{milliseconds{4'000}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().retry_after, milliseconds{60'000});
}

TEST(Retry, DoesNotRepeatWhatCannotPass) {
    for (const FailureKind kind :
         {FailureKind::kNotReady, FailureKind::kPermanent, FailureKind::kPoison, FailureKind::kOutage}) {
        Scripted script{{Failure{.kind = kind}, 7}};
        test::FakeTime time;
        EXPECT_FALSE(run(script, time, {}));
        EXPECT_EQ(script.calls, 1U);
    }
}

}  // namespace
}  // namespace strongroom
