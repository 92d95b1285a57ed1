#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include "shared/fleet/claims.hpp"
#include "shared/runtime/task.hpp"

/// What every Claims must do, run against the fake that other tests use and against Redis. A harness has:
/// `Claims& claims(owner)`, the claims of one process, all over one store; `run(Task<T>) -> T`; `let_pass(work_item,
/// duration)`, which ages the record's lease; `forget(work_item)`, as a flush would. Leases last `kLease`.
namespace strongroom::test {

using fleet::Claim;
using fleet::ClaimAttempt;
using fleet::ClaimedElsewhere;
using fleet::Origin;
using fleet::RecoveryPoint;
using State = fleet::RecoveryPoint::State;

inline constexpr std::chrono::milliseconds kLease{30'000};
inline const std::string kItem = "acme/media/5f3a";

inline Origin origin(std::int32_t partition = 3, std::int64_t generation = 1, std::string topic = "events") {
    return {.group = "strongroom", .topic = std::move(topic), .partition = partition, .generation = generation};
}

template <class Harness>
class ClaimsContract : public testing::Test {
  protected:
    ClaimAttempt attempt(const std::string& owner, Origin from) {
        return harness.run(harness.claims(owner).acquire(kItem, std::move(from))).value();
    }
    /// Throws std::bad_variant_access when somebody else holds it.
    Claim acquired(const std::string& owner, Origin from = origin()) {
        return std::get<Claim>(attempt(owner, std::move(from)));
    }
    bool is_elsewhere(const std::string& owner, Origin from) {
        return std::holds_alternative<ClaimedElsewhere>(attempt(owner, std::move(from)));
    }
    Result<> renew(const Claim& claim) { return harness.run(harness.claims(claim.owner).renew(claim)); }
    Result<> advance(Claim& claim, RecoveryPoint point) {
        return harness.run(harness.claims(claim.owner).advance(claim, std::move(point)));
    }
    void release(const Claim& claim) { harness.run(harness.claims(claim.owner).release(claim)); }

    Harness harness;
};

TYPED_TEST_SUITE_P(ClaimsContract);

TYPED_TEST_P(ClaimsContract, GrantsANewItem) {
    const Claim claim = this->acquired("a");
    EXPECT_EQ(claim.work_item, kItem);
    EXPECT_EQ(claim.owner, "a");
    EXPECT_EQ(claim.fence, 1);
    EXPECT_EQ(claim.take_overs, 0);
    EXPECT_EQ(claim.recovery.state, State::kClaimed);
    EXPECT_TRUE(claim.recovery.fields.empty());
}

TYPED_TEST_P(ClaimsContract, MakesOthersWaitWhoComeThroughAnotherPartition) {
    this->acquired("a");
    for (const Origin& from : {origin(4), origin(3, 1, "retry.30s")}) {
        const ClaimAttempt refused = this->attempt("b", from);
        ASSERT_TRUE(std::holds_alternative<ClaimedElsewhere>(refused));
        const auto left = std::get<ClaimedElsewhere>(refused).lease_left;
        EXPECT_GT(left, kLease / 2);
        EXPECT_LE(left, kLease);
    }
    EXPECT_TRUE(this->is_elsewhere("a", origin(4)));
    // Another record of the same epoch asks for the same item: the first one is still being worked on.
    EXPECT_TRUE(this->is_elsewhere("a", origin()));
}

TYPED_TEST_P(ClaimsContract, ThePartitionsNewOwnerTakesOverAtOnce) {
    Claim old = this->acquired("a");
    const Claim taken = this->acquired("b");
    EXPECT_EQ(taken.fence, old.fence + 1);
    EXPECT_EQ(taken.take_overs, 1);
    EXPECT_EQ(this->renew(old).error().cause, Cause::kConflict);
    const Result<> late = this->advance(old, {.state = State::kDone, .fields = {{"key", "stale"}}});
    EXPECT_EQ(late.error().cause, Cause::kConflict);
    EXPECT_EQ(late.error().kind, FailureKind::kTransient);
    this->release(old);
    EXPECT_TRUE(this->is_elsewhere("c", origin(4)));
    EXPECT_TRUE(this->renew(taken));
}

TYPED_TEST_P(ClaimsContract, ANewerEpochOfTheSameOwnerTakesOver) {
    const Claim old = this->acquired("a", origin(3, 1));
    const Claim taken = this->acquired("a", origin(3, 2));
    EXPECT_EQ(taken.fence, old.fence + 1);
    EXPECT_EQ(this->renew(old).error().cause, Cause::kConflict);
    EXPECT_TRUE(this->is_elsewhere("a", origin(3, 1)));
}

TYPED_TEST_P(ClaimsContract, AnExpiredLeaseIsFreeForAll) {
    const Claim old = this->acquired("a");
    this->harness.let_pass(kItem, kLease - std::chrono::seconds{5});
    EXPECT_TRUE(this->renew(old));
    this->harness.let_pass(kItem, kLease - std::chrono::seconds{5});
    EXPECT_TRUE(this->is_elsewhere("b", origin(4)));
    this->harness.let_pass(kItem, std::chrono::seconds{10});
    EXPECT_EQ(this->acquired("b", origin(4)).take_overs, 1);
    EXPECT_EQ(this->renew(old).error().cause, Cause::kConflict);
}

TYPED_TEST_P(ClaimsContract, ARedeliveryFindsTheRecoveryPoint) {
    Claim claim = this->acquired("a");
    const RecoveryPoint uploaded{.state = State::kUploaded,
                                 .fields = {{"bucket", "b"}, {"key", "a/ü %.enc"}, {"etag", ""}}};
    ASSERT_TRUE(this->advance(claim, uploaded));
    EXPECT_EQ(claim.recovery.fields, uploaded.fields);
    const Claim taken = this->acquired("b");
    EXPECT_EQ(taken.recovery.state, State::kUploaded);
    EXPECT_EQ(taken.recovery.fields, uploaded.fields);
    Claim linked = taken;
    ASSERT_TRUE(this->advance(linked, {.state = State::kLinked, .fields = {{"bucket", "c"}}}));
    const std::map<std::string, std::string> replaced{{"bucket", "c"}};
    EXPECT_EQ(this->acquired("c").recovery.fields, replaced);
}

TYPED_TEST_P(ClaimsContract, DoneEndsTheClaimAndIsRememberedForWhoAsksNext) {
    Claim claim = this->acquired("a");
    RecoveryPoint done{.state = State::kDone, .fields = {{"key", "k"}}};
    ASSERT_TRUE(this->advance(claim, done));
    ASSERT_TRUE(this->advance(claim, done)) << "a repetition after a lost reply is no conflict";
    Claim found = this->acquired("b", origin(9));
    EXPECT_EQ(found.recovery.state, State::kDone);
    EXPECT_EQ(found.recovery.fields, done.fields);
    EXPECT_EQ(found.take_overs, 0);
    EXPECT_TRUE(this->is_elsewhere("a", origin())) << "whoever asks holds it again, until done or released";
    done.fields.emplace("linked.2", "1");
    ASSERT_TRUE(this->advance(found, done));
    EXPECT_EQ(this->advance(claim, done).error().cause, Cause::kConflict);
    EXPECT_EQ(this->acquired("a").recovery.fields, done.fields);
}

TYPED_TEST_P(ClaimsContract, AReleasedItemStartsAtOnceWhereItWas) {
    Claim claim = this->acquired("a");
    ASSERT_TRUE(this->advance(claim, {.state = State::kUploaded, .fields = {{"key", "k"}}}));
    this->release(claim);
    const Claim next = this->acquired("b", origin(4));
    EXPECT_EQ(next.fence, claim.fence + 1);
    EXPECT_EQ(next.take_overs, 0);
    EXPECT_EQ(next.recovery.state, State::kUploaded);
    this->release(claim);
    EXPECT_TRUE(this->is_elsewhere("c", origin(5))) << "the release of an old owner does nothing";
}

TYPED_TEST_P(ClaimsContract, CountsOwnersLostInARow) {
    this->acquired("a");
    this->acquired("b");
    Claim third = this->acquired("c");
    EXPECT_EQ(third.take_overs, 2);
    ASSERT_TRUE(this->advance(third, {.state = State::kUploaded}));
    EXPECT_EQ(this->acquired("d").take_overs, 1) << "progress shows that the item does not kill its worker";
    const Claim fifth = this->acquired("e");
    EXPECT_EQ(fifth.take_overs, 2);
    this->release(fifth);
    EXPECT_EQ(this->acquired("f").take_overs, 0);
}

TYPED_TEST_P(ClaimsContract, AForgottenClaimIsWrittenAnew) {
    Claim claim = this->acquired("a");
    this->harness.forget(kItem);
    EXPECT_TRUE(this->renew(claim));
    EXPECT_TRUE(this->is_elsewhere("b", origin(4)));
    this->harness.forget(kItem);
    EXPECT_TRUE(this->advance(claim, {.state = State::kDone, .fields = {{"key", "k"}}}));
    EXPECT_EQ(this->acquired("b").recovery.state, State::kDone);
    this->harness.forget(kItem);
    this->release(claim);
    EXPECT_EQ(this->acquired("b").fence, 1);
}

REGISTER_TYPED_TEST_SUITE_P(ClaimsContract, GrantsANewItem, MakesOthersWaitWhoComeThroughAnotherPartition,
                            ThePartitionsNewOwnerTakesOverAtOnce, ANewerEpochOfTheSameOwnerTakesOver,
                            AnExpiredLeaseIsFreeForAll, ARedeliveryFindsTheRecoveryPoint,
                            DoneEndsTheClaimAndIsRememberedForWhoAsksNext, AReleasedItemStartsAtOnceWhereItWas,
                            CountsOwnersLostInARow, AForgottenClaimIsWrittenAnew);

}  // namespace strongroom::test
