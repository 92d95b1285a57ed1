#include "shared/http/status_failure.hpp"

#include <array>
#include <string>

#include "shared/http/retry_after.hpp"

namespace strongroom::http {
namespace {

struct Meaning {
    int status;
    FailureKind kind;
    Cause cause;
    std::string_view text;
};

constexpr std::array kMeanings{
    Meaning{401, FailureKind::kOutage, Cause::kUnauthorized, "credentials refused"},
    Meaning{403, FailureKind::kPermanent, Cause::kForbidden, "forbidden"},
    Meaning{404, FailureKind::kPermanent, Cause::kNotFound, "not found"},
    Meaning{408, FailureKind::kTransient, Cause::kTimeout, "request timeout"},
    Meaning{409, FailureKind::kTransient, Cause::kConflict, "conflict"},
    Meaning{410, FailureKind::kPermanent, Cause::kGone, "gone"},
    Meaning{412, FailureKind::kPermanent, Cause::kPreconditionFailed, "precondition failed"},
    Meaning{413, FailureKind::kPermanent, Cause::kTooLarge, "too large"},
    Meaning{425, FailureKind::kTransient, Cause::kOther, "too early"},
    Meaning{429, FailureKind::kThrottled, Cause::kOther, "too many requests"},
    Meaning{501, FailureKind::kPermanent, Cause::kOther, "not implemented"},
    Meaning{504, FailureKind::kTransient, Cause::kTimeout, "gateway timeout"},
    Meaning{505, FailureKind::kPermanent, Cause::kOther, "HTTP version not supported"},
};

Meaning meaning_of(int status) {
    for (const Meaning& meaning : kMeanings) {
        if (meaning.status == status) return meaning;
    }
    if (status >= 500) return {status, FailureKind::kTransient, Cause::kOther, "server error"};
    if (status >= 300 && status < 400) return {status, FailureKind::kPermanent, Cause::kOther, "redirect not followed"};
    return {status, FailureKind::kPermanent, Cause::kOther, "refused"};
}

}  // namespace

Failure status_failure(const ResponseHead& head, WallTime now, std::string_view what, std::string_view detail) {
    const Meaning meaning = meaning_of(head.status);
    Failure failure{.kind = meaning.kind, .cause = meaning.cause};
    failure.message.append(what).append(": HTTP ").append(std::to_string(head.status)).append(" ").append(meaning.text);
    if (!detail.empty()) failure.message.append(" (").append(detail).append(")");
    const auto wait = head.headers.find("retry-after");
    if (head.status == 429 || (head.status >= 500 && wait)) failure.retry_after = parse_retry_after(wait, now);
    return failure;
}

}  // namespace strongroom::http
