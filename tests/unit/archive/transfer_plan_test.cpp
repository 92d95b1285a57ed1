#include "worker/archive/transfer_plan.hpp"

#include <gtest/gtest.h>

namespace strongroom::archive {
namespace {

using Way = TransferPlan::Way;
using Size = std::optional<std::uint64_t>;

TEST(TransferPlan, ChoosesTheWayByLength) {
    const TransferLimits limits;
    struct Case {
        Size announced;
        Size content_length;
        Way way;
        std::uint64_t stored;
        std::uint64_t part;
    };
    const Case cases[] = {{{}, 0, Way::kSinglePut, 16, 0},
                          {100, {}, Way::kSinglePut, 116, 0},
                          {100, 100, Way::kSinglePut, 116, 0},
                          {{}, 99'999'984, Way::kSinglePut, 100'000'000, 0},
                          {{}, 99'999'985, Way::kMultipart, 100'000'001, 16U << 20U},
                          {{}, {}, Way::kBufferedParts, 0, 16U << 20U}};
    for (const Case& c : cases) {
        const auto plan = plan_transfer(limits, c.announced, c.content_length);
        ASSERT_TRUE(plan);
        EXPECT_EQ(plan->way, c.way);
        EXPECT_EQ(plan->stored_bytes, c.stored);
        EXPECT_EQ(plan->part_bytes, c.part);
    }
}

TEST(TransferPlan, GrowsPartsToStayBelowTenThousand) {
    const std::uint64_t body = 60'000'000'000;
    const auto plan = plan_transfer({.part_size = {5U << 20U}}, body, body).value();
    EXPECT_LE((plan.stored_bytes + plan.part_bytes - 1) / plan.part_bytes, 10'000U);
    EXPECT_EQ(plan.part_bytes % 16, 0U);
}

TEST(TransferPlan, RefusesContradictionsAndWhatIsTooLarge) {
    const auto differs = plan_transfer({}, 10, 11);
    ASSERT_FALSE(differs);
    EXPECT_EQ(differs.error().kind, FailureKind::kTransient);
    EXPECT_EQ(differs.error().cause, Cause::kTruncated);
    const auto large = plan_transfer({.max_plain = {100}}, {}, 101);
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error().kind, FailureKind::kPermanent);
    EXPECT_EQ(large.error().cause, Cause::kTooLarge);
}

TEST(CheckLength, HoldsTheBodyAgainstEveryPromise) {
    EXPECT_TRUE(check_length({}, 10, 10, 10));
    EXPECT_TRUE(check_length({}, 10, {}, {}));
    EXPECT_EQ(check_length({}, 9, {}, 10).error().cause, Cause::kTruncated);
    EXPECT_EQ(check_length({}, 9, 10, {}).error().cause, Cause::kTruncated);
    EXPECT_EQ(check_length({.max_plain = {5}}, 9, {}, {}).error().cause, Cause::kTooLarge);
}

}  // namespace
}  // namespace strongroom::archive
