#include "shared/fleet/claim_reply.hpp"

#include <array>
#include <span>
#include <utility>

namespace strongroom::fleet {
namespace {

using State = RecoveryPoint::State;

constexpr std::array<std::pair<State, std::string_view>, 4> kStates{{
    {State::kClaimed, "claimed"},
    {State::kUploaded, "uploaded"},
    {State::kLinked, "linked"},
    {State::kDone, "done"},
}};

Failure unreadable() {
    return {.kind = FailureKind::kTransient,
            .dependency = Dependency::kRedis,
            .stage = Stage::kClaim,
            .cause = Cause::kCorrupt,
            .message = "the record of a work item in redis (sr:work:…) is not of this version's form"};
}

Result<ClaimAttempt> read_claim(std::span<const redis::Reply> reply) {
    const auto* fence = reply[1].integer();
    const auto* take_overs = reply[2].integer();
    const auto* state_word = reply[3].text();
    if (fence == nullptr || take_overs == nullptr || state_word == nullptr) return unreadable();
    const auto state = parse_state(*state_word);
    if (!state) return unreadable();
    Claim claim;
    claim.fence = *fence;
    claim.recovery.state = *state;
    claim.take_overs = static_cast<int>(*take_overs);
    for (std::size_t i = 4; i + 1 < reply.size(); i += 2) {
        const auto* name = reply[i].text();
        const auto* value = reply[i + 1].text();
        if (name == nullptr || value == nullptr) return unreadable();
        claim.recovery.fields.emplace(*name, *value);
    }
    return ClaimAttempt{std::move(claim)};
}

}  // namespace

std::string_view to_string(State state) {
    for (const auto& [candidate, word] : kStates) {
        if (candidate == state) return word;
    }
    return {};
}

std::optional<State> parse_state(std::string_view text) {
    for (const auto& [state, word] : kStates) {
        if (word == text) return state;
    }
    return std::nullopt;
}

Result<ClaimAttempt> read_attempt(const redis::Reply& reply) {
    const auto* parts = reply.array();
    if (parts == nullptr || parts->size() < 2) return unreadable();
    const auto* granted = parts->front().integer();
    if (granted != nullptr && *granted == 1 && parts->size() >= 4) return read_claim(*parts);
    const auto* left = parts->at(1).integer();
    if (granted == nullptr || *granted != 0 || left == nullptr) return unreadable();
    return ClaimAttempt{ClaimedElsewhere{.lease_left = std::chrono::milliseconds{*left}}};
}

}  // namespace strongroom::fleet
