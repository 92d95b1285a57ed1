#include "shared/redis/redis_failure.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace strongroom::redis {
namespace {

constexpr std::size_t kLongestText = 200;

struct Meaning {
    std::string_view prefix;
    Cause cause;
    std::string_view advice;
};

constexpr std::array kMeanings{
    Meaning{"WRONGPASS", Cause::kUnauthorized, "; check user and password in redis.url"},
    Meaning{"NOAUTH", Cause::kUnauthorized, "; put user and password into redis.url"},
    Meaning{"ERR Client sent AUTH", Cause::kUnauthorized, "; take the password out of redis.url"},
    Meaning{"ERR AUTH", Cause::kUnauthorized, "; take the password out of redis.url"},
    Meaning{"NOPERM", Cause::kForbidden, "; grant the user this command and the keys sr:*"},
    Meaning{"OOM", Cause::kOther, "; give the server more memory (maxmemory-policy noeviction is needed)"},
    Meaning{"READONLY", Cause::kOther, "; redis.url must name the primary, not a replica"},
    Meaning{"ERR DB index", Cause::kOther, "; check the database number in redis.url"},
};

/// One line, without the arguments that some errors repeat.
std::string_view without_arguments(std::string_view text) {
    text = text.substr(0, text.find_first_of("\r\n"));
    text = text.substr(0, text.find(", with args beginning with"));
    return text.substr(0, kLongestText);
}

}  // namespace

Failure redis_failure(Cause cause, std::string what) {
    return {
        .kind = FailureKind::kTransient, .dependency = Dependency::kRedis, .cause = cause, .message = std::move(what)};
}

Failure refused(std::string_view command, std::string_view error_reply) {
    std::string message = "redis refused ";
    message.append(command).append(": ").append(without_arguments(error_reply));
    const auto* meaning = std::ranges::find_if(
        kMeanings, [&](const Meaning& candidate) { return error_reply.starts_with(candidate.prefix); });
    if (meaning == kMeanings.end()) return redis_failure(Cause::kOther, std::move(message));
    return redis_failure(meaning->cause, message.append(meaning->advice));
}

}  // namespace strongroom::redis
