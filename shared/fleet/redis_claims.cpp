#include "shared/fleet/redis_claims.hpp"

#include <utility>
#include <vector>

#include "shared/fleet/claim_reply.hpp"
#include "shared/fleet/claim_scripts.hpp"

namespace strongroom::fleet {
namespace {

std::string key_of(const std::string& work_item) {
    return "sr:work:{" + work_item + "}";
}

std::string number(std::chrono::milliseconds duration) {
    return std::to_string(duration.count());
}

Failure taken_over() {
    return {.kind = FailureKind::kTransient,
            .dependency = Dependency::kRedis,
            .stage = Stage::kClaim,
            .cause = Cause::kConflict,
            .message = "the claim was taken over: another worker settles this item"};
}

}  // namespace

RedisClaims::RedisClaims(redis::Client& client, ClaimsConfig config)
    : client_{&client},
      config_{std::move(config)},
      acquire_{acquire_script()},
      renew_{renew_script()},
      advance_{advance_script()},
      release_{release_script()} {}

Task<Result<ClaimAttempt>> RedisClaims::acquire(std::string work_item, Origin origin) {
    std::vector<std::string> arguments{config_.owner,
                                       number(config_.lease),
                                       number(config_.retention),
                                       std::move(origin.group),
                                       std::move(origin.topic),
                                       std::to_string(origin.partition),
                                       std::to_string(origin.generation)};
    std::vector<std::string> keys{key_of(work_item)};
    const auto reply = co_await client_->run(acquire_, std::move(keys), std::move(arguments));
    if (!reply) co_return reply.error().at(Dependency::kRedis, Stage::kClaim);
    Result<ClaimAttempt> attempt = read_attempt(*reply);
    if (!attempt) co_return attempt;
    if (auto* claim = std::get_if<Claim>(&*attempt)) {
        claim->work_item = std::move(work_item);
        claim->owner = config_.owner;
    }
    co_return attempt;
}

Task<Result<>> RedisClaims::renew(const Claim& claim) {
    return change(claim.work_item, renew_,
                  {claim.owner, std::to_string(claim.fence), number(config_.lease), number(config_.retention)});
}

Task<Result<>> RedisClaims::advance(Claim& claim, RecoveryPoint point) {
    std::vector<std::string> arguments{claim.owner, std::to_string(claim.fence), number(config_.lease),
                                       number(config_.retention), std::string{to_string(point.state)}};
    for (const auto& [name, value] : point.fields) {
        arguments.push_back(name);
        arguments.push_back(value);
    }
    Result<> changed = co_await change(claim.work_item, advance_, std::move(arguments));
    if (changed) {
        claim.recovery = std::move(point);
        claim.take_overs = 0;
    }
    co_return changed;
}

Task<> RedisClaims::release(const Claim& claim) {
    // Nothing to be done about a failure: the lease runs out by itself.
    co_await change(claim.work_item, release_, {claim.owner, std::to_string(claim.fence)});
}

Task<Result<>> RedisClaims::change(std::string work_item, const redis::Script& script,
                                   std::vector<std::string> arguments) {
    std::vector<std::string> keys{key_of(work_item)};
    const auto reply = co_await client_->run(script, std::move(keys), std::move(arguments));
    if (!reply) co_return reply.error().at(Dependency::kRedis, Stage::kClaim);
    const auto* changed = reply->integer();
    if (changed == nullptr || *changed != 1) co_return taken_over();
    co_return Result<>{};
}

}  // namespace strongroom::fleet
