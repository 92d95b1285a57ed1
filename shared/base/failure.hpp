#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <boost/assert/source_location.hpp>

namespace strongroom {

/// What the caller is to do about a failure; the decision table (worker/consume/decision_table.hpp) is keyed by it.
enum class FailureKind {
    kNotReady,   ///< the thing is not there yet: ask again later, not counted
    kThrottled,  ///< asked to slow down: wait `retry_after`, not counted
    kTransient,  ///< may pass: try again, counted
    kPermanent,  ///< this item can never work
    kPoison,     ///< this record can never work, whatever the platform says
    kOutage,     ///< a dependency is out or refuses us: what needs it waits, never dead-lettered
};

/// Which outside system the failure is about.
enum class Dependency { kNone, kKafka, kRedis, kToken, kApi, kSource, kStore, kKeys };

/// Where in the pipeline it happened.
enum class Stage { kNone, kDecode, kClaim, kResolve, kTransfer, kWriteBack, kReceipt };

/// The few causes that one caller can cure or must tell apart (a 401 by a new token, an expired URL by resolving
/// again). Decisions about a record's fate never look at it.
enum class Cause {
    kOther,
    kUnauthorized,
    kForbidden,
    kNotFound,
    kGone,
    kConflict,
    kPreconditionFailed,
    kUrlExpired,
    kTooLarge,
    kTruncated,
    kTimeout,
    kConnect,
    kCancelled,
    kCorrupt,
    kWrongKey,
    kUnsupported,
};

/// An expected failure, as a value. `message` names what, where and what to do; it never holds a secret or a URL query.
struct Failure {
    FailureKind kind = FailureKind::kTransient;
    Dependency dependency = Dependency::kNone;
    Stage stage = Stage::kNone;
    Cause cause = Cause::kOther;
    std::string message{};
    std::optional<std::chrono::milliseconds> retry_after{};

    /// The same failure seen from a place that knows where it happened; what is set already stays.
    [[nodiscard]] Failure at(Dependency where, Stage when) &&;
    [[nodiscard]] Failure at(Dependency where, Stage when) const&;
};

/// Stable lower-case words (`not_ready`, `api`, `write_back`): they stand in headers, metrics and logs.
std::string_view to_string(FailureKind kind);
std::string_view to_string(Dependency dependency);
std::string_view to_string(Stage stage);
std::string_view to_string(Cause cause);

/// `kind dependency/stage: message`, for logs and for people.
std::string describe(const Failure& failure);

/// Called by `Result::value()` on a failed result: a broken invariant, so it throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const Failure& failure, const boost::source_location& where);

}  // namespace strongroom
