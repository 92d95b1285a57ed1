#include "shared/fleet/claim_reply.hpp"

#include <gtest/gtest.h>

namespace strongroom::fleet {
namespace {

using redis::Reply;
using Array = Reply::Array;

Reply number(std::int64_t value) {
    return {value};
}
Reply text(std::string value) {
    return {std::move(value)};
}

TEST(ClaimReply, ReadsAGrantedClaimWithItsRecoveryPoint) {
    const Reply reply{
        Array{number(1), number(7), number(2), text("uploaded"), text("key"), text("k"), text("bucket"), text("b")}};
    const auto claim = std::get<Claim>(read_attempt(reply).value());
    EXPECT_EQ(claim.fence, 7);
    EXPECT_EQ(claim.take_overs, 2);
    EXPECT_EQ(claim.recovery.state, RecoveryPoint::State::kUploaded);
    EXPECT_EQ(claim.recovery.fields, (std::map<std::string, std::string>{{"bucket", "b"}, {"key", "k"}}));
}

TEST(ClaimReply, ReadsHowLongAnotherLeaseLasts) {
    const auto attempt = read_attempt(Reply{Array{number(0), number(1'234)}}).value();
    EXPECT_EQ(std::get<ClaimedElsewhere>(attempt).lease_left, std::chrono::milliseconds{1'234});
}

TEST(ClaimReply, RefusesOtherShapes) {
    for (const Reply& reply : {
             Reply{},
             number(1),
             Reply{Array{}},
             Reply{Array{number(0)}},
             Reply{Array{number(2), number(3)}},
             Reply{Array{number(1), number(7), number(2)}},
             Reply{Array{number(1), number(7), number(2), text("elsewhere")}},
             Reply{Array{number(1), text("7"), number(2), text("done")}},
             Reply{Array{number(1), number(7), number(2), text("done"), text("key"), number(3)}},
         }) {
        const auto attempt = read_attempt(reply);
        ASSERT_FALSE(attempt);
        EXPECT_EQ(attempt.error().kind, FailureKind::kTransient);
        EXPECT_EQ(attempt.error().dependency, Dependency::kRedis);
    }
}

TEST(ClaimReply, EveryStateHasAWord) {
    using State = RecoveryPoint::State;
    for (const State state : {State::kClaimed, State::kUploaded, State::kLinked, State::kDone}) {
        EXPECT_EQ(parse_state(to_string(state)), state);
    }
    EXPECT_FALSE(parse_state(""));
}

}  // namespace
}  // namespace strongroom::fleet
