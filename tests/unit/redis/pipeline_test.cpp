#include "shared/redis/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "shared/base/encoding.hpp"
#include "shared/redis/redis_failure.hpp"
#include "shared/runtime/task_group.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::redis {
namespace {

using Answers = std::vector<Result<Incoming>>;

constexpr std::chrono::milliseconds kLong{60'000};

struct Fixture {
    boost::asio::io_context context{1};
    std::shared_ptr<Pipeline> pipeline =
        std::make_shared<Pipeline>(context.get_executor(), PipelineLimits{.max_pending = 3});
    TaskGroup callers{context.get_executor()};
    Answers answers;

    static Task<> ask(std::shared_ptr<Pipeline> pipeline, std::string what, std::chrono::milliseconds timeout,
                      Answers& answers) {
        answers.push_back(co_await Pipeline::call(std::move(pipeline), {std::move(what)}, timeout));
    }
    void ask(std::string what, std::chrono::milliseconds timeout = kLong) {
        callers.spawn(ask(pipeline, std::move(what), timeout, answers));
        settle();
    }
    void settle() {
        context.restart();
        context.poll();
    }
    Result<> receive(std::string_view bytes) {
        Result<> received = pipeline->received(as_bytes(bytes));
        settle();
        return received;
    }
    [[nodiscard]] std::string text(std::size_t at) const { return *std::get<Reply>(answers.at(at).value()).text(); }
};

TEST(Pipeline, SendsCallsTogetherAndMatchesRepliesInOrder) {
    Fixture f;
    f.ask("A");
    f.ask("B");
    EXPECT_EQ(test::run_task(f.context, f.pipeline->outgoing()), "*1\r\n$1\r\nA\r\n*1\r\n$1\r\nB\r\n");
    ASSERT_TRUE(f.receive("+first\r\n+sec"));
    ASSERT_EQ(f.answers.size(), 1U);
    ASSERT_TRUE(f.receive("ond\r\n"));
    EXPECT_EQ(f.text(0), "first");
    EXPECT_EQ(f.text(1), "second");
}

TEST(Pipeline, KeepsThePlaceOfACancelledCaller) {
    Fixture f;
    f.ask("A");
    f.callers.cancel();
    f.settle();
    f.context.restart();
    TaskGroup others{f.context.get_executor()};
    others.spawn(Fixture::ask(f.pipeline, "B", kLong, f.answers));
    f.settle();
    ASSERT_TRUE(f.receive("+for the cancelled\r\n+for the other\r\n"));
    ASSERT_EQ(f.answers.size(), 1U);
    EXPECT_EQ(f.text(0), "for the other");
}

TEST(Pipeline, FailsEveryCallOnceItFailed) {
    Fixture f;
    std::vector<std::string> notified;
    f.pipeline->on_failure([&](const Failure& why) { notified.push_back(why.message); });
    f.ask("A");
    f.ask("B");
    f.pipeline->fail(redis_failure(Cause::kConnect, "gone"));
    f.pipeline->fail(redis_failure(Cause::kConnect, "gone twice"));
    f.settle();
    f.ask("C");
    ASSERT_EQ(f.answers.size(), 3U);
    for (const auto& answer : f.answers) EXPECT_EQ(answer.error().message, "gone");
    EXPECT_EQ(notified, std::vector<std::string>{"gone"});
}

TEST(Pipeline, ACallWithoutAnswerFailsThePipeline) {
    Fixture f;
    f.ask("A");
    const auto answer = test::run_task(f.context, Pipeline::call(f.pipeline, {"B"}, std::chrono::milliseconds{0}));
    EXPECT_EQ(answer.error().cause, Cause::kTimeout);
    f.settle();
    EXPECT_EQ(f.answers.at(0).error().cause, Cause::kTimeout);
    EXPECT_TRUE(f.pipeline->failure());
}

TEST(Pipeline, RefusesCallsBeyondItsLimitAtOnce) {
    Fixture f;
    for (const char* name : {"A", "B", "C"}) f.ask(name);
    f.ask("D");
    ASSERT_EQ(f.answers.size(), 1U);
    EXPECT_THAT(f.answers[0].error().message, testing::HasSubstr("redis.max_pending"));
    ASSERT_TRUE(f.receive("+1\r\n"));
    f.ask("E");
    EXPECT_EQ(f.answers.size(), 2U);
}

TEST(Pipeline, RefusesAReplyThatNobodyAskedFor) {
    Fixture f;
    EXPECT_EQ(f.receive("+surprise\r\n").error().cause, Cause::kCorrupt);
}

}  // namespace
}  // namespace strongroom::redis
