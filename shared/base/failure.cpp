#include "shared/base/failure.hpp"

#include <stdexcept>
#include <utility>

namespace strongroom {

Failure Failure::at(Dependency where, Stage when) && {
    if (dependency == Dependency::kNone) dependency = where;
    if (stage == Stage::kNone) stage = when;
    return std::move(*this);
}

Failure Failure::at(Dependency where, Stage when) const& {
    return Failure{*this}.at(where, when);
}

std::string_view to_string(FailureKind kind) {
    switch (kind) {
        case FailureKind::kNotReady:
            return "not_ready";
        case FailureKind::kThrottled:
            return "throttled";
        case FailureKind::kTransient:
            return "transient";
        case FailureKind::kPermanent:
            return "permanent";
        case FailureKind::kPoison:
            return "poison";
        case FailureKind::kOutage:
            return "outage";
    }
    return "unknown";
}

std::string_view to_string(Dependency dependency) {
    switch (dependency) {
        case Dependency::kNone:
            return "none";
        case Dependency::kKafka:
            return "kafka";
        case Dependency::kRedis:
            return "redis";
        case Dependency::kToken:
            return "token";
        case Dependency::kApi:
            return "api";
        case Dependency::kSource:
            return "source";
        case Dependency::kStore:
            return "store";
        case Dependency::kKeys:
            return "keys";
    }
    return "unknown";
}

std::string_view to_string(Stage stage) {
    switch (stage) {
        case Stage::kNone:
            return "none";
        case Stage::kDecode:
            return "decode";
        case Stage::kClaim:
            return "claim";
        case Stage::kResolve:
            return "resolve";
        case Stage::kTransfer:
            return "transfer";
        case Stage::kWriteBack:
            return "write_back";
        case Stage::kReceipt:
            return "receipt";
    }
    return "unknown";
}

std::string_view to_string(Cause cause) {
    switch (cause) {
        case Cause::kOther:
            return "other";
        case Cause::kUnauthorized:
            return "unauthorized";
        case Cause::kForbidden:
            return "forbidden";
        case Cause::kNotFound:
            return "not_found";
        case Cause::kGone:
            return "gone";
        case Cause::kConflict:
            return "conflict";
        case Cause::kPreconditionFailed:
            return "precondition_failed";
        case Cause::kUrlExpired:
            return "url_expired";
        case Cause::kTooLarge:
            return "too_large";
        case Cause::kTruncated:
            return "truncated";
        case Cause::kTimeout:
            return "timeout";
        case Cause::kConnect:
            return "connect";
        case Cause::kCancelled:
            return "cancelled";
        case Cause::kCorrupt:
            return "corrupt";
        case Cause::kWrongKey:
            return "wrong_key";
        case Cause::kUnsupported:
            return "unsupported";
    }
    return "unknown";
}

std::string describe(const Failure& failure) {
    std::string text{to_string(failure.kind)};
    text.append(" ").append(to_string(failure.dependency)).append("/").append(to_string(failure.stage));
    return text.append(": ").append(failure.message);
}

void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
    throw std::logic_error("value() of a failed result: " + describe(failure));
}

}  // namespace strongroom
