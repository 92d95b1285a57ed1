#include "auditor/verify.hpp"

#include <exception>
#include <utility>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

namespace strongroom::auditor {

Task<Result<>> Verifier::run(TargetSource& targets) {
    TaskGroup group{executor_};
    Result<> ended{};
    std::exception_ptr stopped;
    try {
        ended = co_await spawn_all(group, targets);
    } catch (...) {
        stopped = std::current_exception();
        group.cancel();
    }
    // The children use this object: they have to end before it may go, also when this coroutine was cancelled.
    if (stopped) co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    co_await group.join();
    if (stopped) std::rethrow_exception(stopped);
    co_return ended;
}

Task<Result<>> Verifier::spawn_all(TaskGroup& group, TargetSource& targets) {
    for (;;) {
        while (running_ == config_.concurrency) co_await slot_free_.wait();
        auto target = co_await targets.next();
        if (!target) co_return target.error();
        if (!*target) break;
        group.spawn(verify_one(std::move(**target), Slot{*this}));
    }
    while (running_ > 0) co_await slot_free_.wait();
    co_return Result<>{};
}

Task<> Verifier::verify_one(Target target, Slot /*slot*/) {
    auto finding = co_await check(target);
    report_.add(target, finding ? *finding : unreadable(finding.error()));
}

Task<Result<Finding>> Verifier::check(const Target& target) {
    StoreSource source{stores_(target.location.bucket), target.location};
    const Expectation* expected = target.expected ? &*target.expected : nullptr;
    co_return co_await retry<Finding>(sleeper_, random_, config_.backoff, [this, &source, expected] {
        return check_object(source, keys_, {.expected = expected});
    });
}

}  // namespace strongroom::auditor
