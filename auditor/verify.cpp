#include "auditor/verify.hpp"

#include <utility>

namespace strongroom::auditor {

Task<Result<>> Verifier::run(TargetSource& targets) {
    TaskGroup group{executor_};
    Result<> ended{};
    for (;;) {
        while (running_ == config_.concurrency) co_await slot_free_.wait();
        auto target = co_await targets.next();
        if (!target) ended = target.error();
        if (!target || !*target) break;
        ++running_;
        group.spawn(verify_one(std::move(**target)));
    }
    co_await group.join();
    co_return ended;
}

Task<> Verifier::verify_one(Target target) {
    auto finding = co_await check(target);
    report_.add(target, finding ? *finding : unreadable(finding.error()));
    --running_;
    slot_free_.notify();
}

Task<Result<Finding>> Verifier::check(const Target& target) {
    StoreSource source{store_, target.location};
    const Expectation* expected = target.expected ? &*target.expected : nullptr;
    co_return co_await retry<Finding>(sleeper_, random_, config_.backoff, [this, &source, expected] {
        return check_object(source, keys_, {.expected = expected});
    });
}

}  // namespace strongroom::auditor
