#pragma once

#include <map>
#include <string>
#include <utility>

#include "shared/base/time_source.hpp"
#include "shared/fleet/claims.hpp"

namespace strongroom::test {

/// What all fake claims of one test share: the records, and whether the store can be reached.
struct FakeClaimStore {
    struct Record {
        std::string owner;
        std::int64_t fence = 0;
        SteadyTime lease{};  ///< the epoch = given back or done
        fleet::Origin origin;
        int take_overs = 0;
        fleet::RecoveryPoint point;
    };

    std::map<std::string, Record> records;
    bool down = false;
};

/// Claims in memory; bound by the same contract as those in Redis (tests/contract/claims). `store` and `time` outlive
/// it.
class FakeClaims final : public fleet::Claims {
  public:
    FakeClaims(FakeClaimStore& store, const TimeSource& time, std::string owner,
               std::chrono::milliseconds lease = std::chrono::seconds{30})
        : store_{&store}, time_{&time}, owner_{std::move(owner)}, lease_{lease} {}

    Task<Result<fleet::ClaimAttempt>> acquire(std::string work_item, fleet::Origin origin) override {
        if (store_->down) co_return unreachable();
        auto& record = store_->records[work_item];
        if (record.lease > time_->now() && !lost_its_partition(record, origin)) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(record.lease - time_->now());
            co_return fleet::ClaimAttempt{fleet::ClaimedElsewhere{left}};
        }
        take(record, std::move(origin));
        co_return fleet::ClaimAttempt{
            fleet::Claim{std::move(work_item), owner_, record.fence, record.point, record.take_overs}};
    }

    Task<Result<>> renew(const fleet::Claim& claim) override {
        auto held = find(claim);
        if (held) (*held)->lease = time_->now() + lease_;
        co_return outcome(held);
    }

    Task<Result<>> advance(fleet::Claim& claim, fleet::RecoveryPoint point) override {
        auto held = find(claim);
        if (!held) co_return outcome(held);
        const bool done = point.state == fleet::RecoveryPoint::State::kDone;
        (*held)->lease = done ? SteadyTime{} : time_->now() + lease_;
        (*held)->take_overs = 0;
        (*held)->point = point;
        claim.take_overs = 0;
        claim.recovery = std::move(point);
        co_return Result<>{};
    }

    Task<> release(const fleet::Claim& claim) override {
        if (!store_->records.contains(claim.work_item)) co_return;
        const auto held = find(claim);
        if (!held) co_return;
        (*held)->lease = SteadyTime{};
        (*held)->take_overs = 0;
    }

  private:
    using Record = FakeClaimStore::Record;

    static Failure unreachable() {
        return {.kind = FailureKind::kTransient,
                .dependency = Dependency::kRedis,
                .stage = Stage::kClaim,
                .cause = Cause::kConnect,
                .message = "the fake store is down"};
    }
    static Result<> outcome(const Result<Record*>& held) {
        if (!held) return held.error();
        return {};
    }
    [[nodiscard]] bool lost_its_partition(const Record& record, const fleet::Origin& origin) const {
        const fleet::Origin& held = record.origin;
        const bool same =
            held.group == origin.group && held.topic == origin.topic && held.partition == origin.partition;
        return same && (record.owner != owner_ || held.generation < origin.generation);
    }
    void take(Record& record, fleet::Origin origin) const {
        if (record.lease != SteadyTime{}) ++record.take_overs;
        ++record.fence;
        record.owner = owner_;
        record.origin = std::move(origin);
        record.lease = time_->now() + lease_;
    }
    /// The record, if it is still this claim's; a vanished one is written anew.
    Result<Record*> find(const fleet::Claim& claim) {
        if (store_->down) return unreachable();
        Record& record = store_->records[claim.work_item];
        if (record.fence == 0) {
            record.owner = claim.owner;
            record.fence = claim.fence;
        }
        if (record.owner == claim.owner && record.fence == claim.fence) return &record;
        Failure lost = unreachable();
        lost.cause = Cause::kConflict;
        lost.message = "the claim was taken over";
        return lost;
    }

    FakeClaimStore* store_;
    const TimeSource* time_;
    std::string owner_;
    std::chrono::milliseconds lease_;
};

}  // namespace strongroom::test
