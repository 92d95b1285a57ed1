#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include "shared/base/failure.hpp"

namespace strongroom::consume {

/// What becomes of a record whose work failed.
enum class Action {
    kRetryByAge,      ///< retry tier by the time it has been waiting; dead letter when its budget is used up
    kRetryAsTold,     ///< the first tier that is not shorter than Retry-After
    kRetryByAttempt,  ///< retry tier by attempt; dead letter when the attempts are used up
    kDeadLetter,      ///< now
    kWait,            ///< in memory while there is room, then through the first tier; never a dead letter
};

/// Which budget bounds kRetryByAge.
enum class Budget { kNone, kNotReady, kWriteBack };

struct Rule {
    Action action = Action::kDeadLetter;
    bool counted = false;  ///< does this delivery count as an attempt
    Budget budget = Budget::kNone;
    friend bool operator==(const Rule&, const Rule&) = default;
};

/// The one decision table (design: "One decision table"). It looks at nothing but kind and stage.
constexpr Rule rule_for(FailureKind kind, Stage stage) {
    switch (kind) {
        case FailureKind::kNotReady:
            return {Action::kRetryByAge, false, stage == Stage::kWriteBack ? Budget::kWriteBack : Budget::kNotReady};
        case FailureKind::kThrottled:
            return {Action::kRetryAsTold, false, Budget::kNone};
        case FailureKind::kTransient:
            return {Action::kRetryByAttempt, true, Budget::kNone};
        case FailureKind::kPermanent:
        case FailureKind::kPoison:
            return {Action::kDeadLetter, true, Budget::kNone};
        case FailureKind::kOutage:
            return {Action::kWait, false, Budget::kNone};
    }
    return {Action::kDeadLetter, true, Budget::kNone};
}

/// What the decision needs to know of the record's past and of the configuration.
struct Circumstances {
    int attempt = 1;  ///< counted deliveries, this one included
    int max_attempts = 10;
    std::chrono::milliseconds not_ready_for{0};  ///< since it was first found not ready (at this stage)
    std::chrono::milliseconds not_ready_budget = std::chrono::hours{48};
    std::chrono::milliseconds write_back_budget = std::chrono::hours{1};
    std::optional<std::chrono::milliseconds> retry_after{};
    /// Has waited long enough in memory, or the lane has no room left.
    bool hold_is_over = false;
};

enum class Fate { kRetryTier, kDeadLetter, kWaitInMemory };

struct Decision {
    Fate fate = Fate::kDeadLetter;
    std::size_t tier = 0;  ///< of kRetryTier, index into the delays
    bool counted = false;
    friend bool operator==(const Decision&, const Decision&) = default;
};

namespace detail {

constexpr std::size_t clamp_tier(std::size_t tier, std::size_t tiers) {
    return tier < tiers ? tier : tiers - 1;
}

/// A tier serves until ten of its delays have passed: 30 s for 5 minutes, 5 min for 50, then 1 h.
template <class Delays>
constexpr std::size_t tier_by_age(const Delays& delays, std::chrono::milliseconds age) {
    std::size_t tier = 0;
    while (tier + 1 < delays.size() && age >= delays[tier] * 10) ++tier;
    return tier;
}

template <class Delays>
constexpr std::size_t tier_as_told(const Delays& delays, std::optional<std::chrono::milliseconds> retry_after) {
    std::size_t tier = 0;
    while (retry_after && tier + 1 < delays.size() && delays[tier] < *retry_after) ++tier;
    return tier;
}

constexpr std::size_t tier_by_attempt(int attempt, std::size_t tiers) {
    if (attempt <= 2) return 0;
    return clamp_tier(attempt <= 5 ? 1 : 2, tiers);
}

}  // namespace detail

/// Chooses a record's fate; the only place that does. `delays`: the retry tiers in ascending order, at least one.
template <class Delays>
constexpr Decision decide(FailureKind kind, Stage stage, const Circumstances& now, const Delays& delays) {
    const Rule rule = rule_for(kind, stage);
    switch (rule.action) {
        case Action::kRetryByAge: {
            const auto budget = rule.budget == Budget::kWriteBack ? now.write_back_budget : now.not_ready_budget;
            if (now.not_ready_for >= budget) return {Fate::kDeadLetter, 0, rule.counted};
            return {Fate::kRetryTier, detail::tier_by_age(delays, now.not_ready_for), rule.counted};
        }
        case Action::kRetryAsTold:
            return {Fate::kRetryTier, detail::tier_as_told(delays, now.retry_after), rule.counted};
        case Action::kRetryByAttempt:
            if (now.attempt >= now.max_attempts) return {Fate::kDeadLetter, 0, rule.counted};
            return {Fate::kRetryTier, detail::tier_by_attempt(now.attempt, delays.size()), rule.counted};
        case Action::kDeadLetter:
            return {Fate::kDeadLetter, 0, rule.counted};
        case Action::kWait:
            if (now.hold_is_over) return {Fate::kRetryTier, 0, rule.counted};
            return {Fate::kWaitInMemory, 0, rule.counted};
    }
    return {};
}

}  // namespace strongroom::consume
