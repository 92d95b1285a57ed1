#include "worker/consume/decision_table.hpp"

#include <gtest/gtest.h>

namespace strongroom::consume {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr std::array<milliseconds, 3> kDelays{30s, 5min, 1h};
constexpr std::array kKinds{FailureKind::kNotReady,  FailureKind::kThrottled, FailureKind::kTransient,
                            FailureKind::kPermanent, FailureKind::kPoison,    FailureKind::kOutage};
constexpr std::array kStages{Stage::kNone,     Stage::kDecode,    Stage::kClaim,  Stage::kResolve,
                             Stage::kTransfer, Stage::kWriteBack, Stage::kReceipt};

constexpr Decision at(FailureKind kind, Stage stage, Circumstances now = {}) {
    return decide(kind, stage, now, kDelays);
}

constexpr Decision tier(std::size_t number, bool counted) {
    return {Fate::kRetryTier, number, counted};
}
constexpr Decision dead(bool counted) {
    return {Fate::kDeadLetter, 0, counted};
}

static_assert(rule_for(FailureKind::kOutage, Stage::kTransfer).action == Action::kWait);
static_assert(rule_for(FailureKind::kNotReady, Stage::kWriteBack).budget == Budget::kWriteBack);
static_assert(at(FailureKind::kPoison, Stage::kDecode) == dead(true));
static_assert(at(FailureKind::kTransient, Stage::kTransfer, {.attempt = 10}) == dead(true));

/// The whole table, cell by cell: kind by stage.
TEST(DecisionTable, IsThis) {
    for (const auto stage : kStages) {
        const auto budget = stage == Stage::kWriteBack ? Budget::kWriteBack : Budget::kNotReady;
        EXPECT_EQ(rule_for(FailureKind::kNotReady, stage), (Rule{Action::kRetryByAge, false, budget}));
        EXPECT_EQ(rule_for(FailureKind::kThrottled, stage), (Rule{Action::kRetryAsTold, false, Budget::kNone}));
        EXPECT_EQ(rule_for(FailureKind::kTransient, stage), (Rule{Action::kRetryByAttempt, true, Budget::kNone}));
        EXPECT_EQ(rule_for(FailureKind::kPermanent, stage), (Rule{Action::kDeadLetter, true, Budget::kNone}));
        EXPECT_EQ(rule_for(FailureKind::kPoison, stage), (Rule{Action::kDeadLetter, true, Budget::kNone}));
        EXPECT_EQ(rule_for(FailureKind::kOutage, stage), (Rule{Action::kWait, false, Budget::kNone}));
    }
}

TEST(DecisionTable, AnOutageIsNeverADeadLetterWhateverTheCircumstances) {
    const Circumstances worst{.attempt = 1'000, .not_ready_for = std::chrono::hours{9'999}, .hold_is_over = true};
    for (const auto stage : kStages) {
        EXPECT_EQ(at(FailureKind::kOutage, stage, worst), tier(0, false));
        EXPECT_EQ(at(FailureKind::kOutage, stage), (Decision{Fate::kWaitInMemory, 0, false}));
    }
}

TEST(DecisionTable, OnlyCountedKindsUseUpAttempts) {
    for (const auto kind : kKinds)
        for (const auto stage : kStages) {
            const bool uncounted =
                kind == FailureKind::kNotReady || kind == FailureKind::kThrottled || kind == FailureKind::kOutage;
            EXPECT_EQ(at(kind, stage, {.attempt = 500}).counted, !uncounted);
            EXPECT_EQ(at(kind, stage, {.attempt = 500}).fate == Fate::kDeadLetter, !uncounted);
        }
}

TEST(DecisionTable, TransientFailuresTakeTheTierOfTheirAttempt) {
    const std::size_t expected[] = {0, 0, 1, 1, 1, 2, 2, 2, 2};
    for (int attempt = 1; attempt <= 9; ++attempt)
        EXPECT_EQ(at(FailureKind::kTransient, Stage::kResolve, {.attempt = attempt}), tier(expected[attempt - 1], true))
            << attempt;
    EXPECT_EQ(at(FailureKind::kTransient, Stage::kResolve, {.attempt = 10}), dead(true));
}

TEST(DecisionTable, NotReadyTakesTheTierOfItsAgeUntilTheBudgetIsUsedUp) {
    const struct {
        milliseconds age;
        Decision decision;
    } cases[] = {{0s, tier(0, false)},    {299s, tier(0, false)}, {5min, tier(1, false)}, {49min, tier(1, false)},
                 {50min, tier(2, false)}, {47h, tier(2, false)},  {48h, dead(false)}};
    for (const auto& c : cases)
        EXPECT_EQ(at(FailureKind::kNotReady, Stage::kResolve, {.not_ready_for = c.age}), c.decision) << c.age.count();
    EXPECT_EQ(at(FailureKind::kNotReady, Stage::kWriteBack, {.not_ready_for = 59min}), tier(2, false));
    EXPECT_EQ(at(FailureKind::kNotReady, Stage::kWriteBack, {.not_ready_for = 1h}), dead(false));
}

TEST(DecisionTable, ThrottledTakesTheFirstTierThatIsNotShorterThanRetryAfter) {
    const struct {
        std::optional<milliseconds> retry_after;
        std::size_t tier;
    } cases[] = {{std::nullopt, 0}, {2s, 0}, {30s, 0}, {31s, 1}, {5min, 1}, {6min, 2}, {1h, 2}, {10h, 2}};
    for (const auto& c : cases)
        EXPECT_EQ(at(FailureKind::kThrottled, Stage::kResolve, {.retry_after = c.retry_after}), tier(c.tier, false));
}

TEST(DecisionTable, WorksWithASingleTier) {
    constexpr std::array<milliseconds, 1> kOne{1s};
    EXPECT_EQ(decide(FailureKind::kTransient, Stage::kNone, {.attempt = 9}, kOne), tier(0, true));
    EXPECT_EQ(decide(FailureKind::kThrottled, Stage::kNone, {.retry_after = 1h}, kOne), tier(0, false));
    EXPECT_EQ(decide(FailureKind::kNotReady, Stage::kNone, {.not_ready_for = 9h}, kOne), tier(0, false));
}

}  // namespace
}  // namespace strongroom::consume
