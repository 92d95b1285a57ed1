#include "shared/redis/pipeline.hpp"

#include <utility>

#include "shared/redis/redis_failure.hpp"

namespace strongroom::redis {

struct Pipeline::Call {
    explicit Call(const boost::asio::any_io_executor& executor) : answered{executor} {}

    void answer(Result<Incoming> with) {
        reply = std::move(with);
        answered.notify();
    }

    Event answered;
    std::optional<Result<Incoming>> reply;
};

Pipeline::Pipeline(const boost::asio::any_io_executor& executor, PipelineLimits limits)
    : executor_{executor}, limits_{limits}, reader_{limits.max_reply_bytes}, outgoing_changed_{executor} {}

Task<Result<Incoming>> Pipeline::call(std::shared_ptr<Pipeline> pipeline, std::vector<std::string> arguments,
                                      std::chrono::milliseconds timeout) {
    const auto enqueued = pipeline->enqueue(arguments);
    if (!enqueued) co_return enqueued.error();
    // Shared with the queue: a cancelled caller leaves its place there, so that later replies find their callers.
    const std::shared_ptr<Call>& call = *enqueued;
    const bool notified = call->reply.has_value() || co_await call->answered.wait_for(timeout);
    if (!notified && !call->reply) {
        pipeline->fail(redis_failure(Cause::kTimeout, "redis did not answer " + arguments.front() + " within " +
                                                          std::to_string(timeout.count()) + " ms"));
    }
    co_return std::move(*call->reply);
}

Result<std::shared_ptr<Pipeline::Call>> Pipeline::enqueue(const std::vector<std::string>& arguments) {
    if (failure_) return *failure_;
    if (pending_.size() >= limits_.max_pending) {
        return redis_failure(Cause::kOther, "redis is too slow: " + std::to_string(limits_.max_pending) +
                                                " calls wait already (redis.max_pending)");
    }
    outgoing_ += encode_command(arguments);
    outgoing_changed_.notify();
    return pending_.emplace_back(std::make_shared<Call>(executor_));
}

Task<std::string> Pipeline::outgoing() {
    while (outgoing_.empty()) co_await outgoing_changed_.wait();
    co_return std::exchange(outgoing_, {});
}

Result<> Pipeline::received(std::span<const std::byte> bytes) {
    if (Result<> fed = reader_.feed(bytes); !fed) return fed;
    for (;;) {
        Result<std::optional<Incoming>> next = reader_.next();
        if (!next) return next.error();
        if (!next->has_value()) return {};
        if (pending_.empty()) return redis_failure(Cause::kCorrupt, "redis sent a reply that nobody asked for");
        const auto call = std::move(pending_.front());
        pending_.pop_front();
        call->answer(std::move(**next));
    }
}

void Pipeline::fail(const Failure& why) {
    if (failure_) return;
    failure_ = why;
    outgoing_.clear();
    for (const auto& call : std::exchange(pending_, {})) call->answer(why);
    if (on_failure_) on_failure_(why);
}

void Pipeline::on_failure(std::function<void(const Failure&)> notify) {
    on_failure_ = std::move(notify);
    if (failure_ && on_failure_) on_failure_(*failure_);
}

}  // namespace strongroom::redis
