#include "worker/archive/transfer_plan.hpp"

#include <algorithm>
#include <string>

#include "shared/crypto/envelope.hpp"

namespace strongroom::archive {
namespace {

constexpr std::uint64_t kMostParts = 10'000;
constexpr std::uint64_t kBlock = 16;

Failure at_source(FailureKind kind, Cause cause, std::string message) {
    return {.kind = kind,
            .dependency = Dependency::kSource,
            .stage = Stage::kTransfer,
            .cause = cause,
            .message = std::move(message)};
}

Failure differs(std::uint64_t got, std::string_view what, std::uint64_t promised, std::string_view who) {
    return at_source(FailureKind::kTransient, Cause::kTruncated,
                     std::string{what} + " " + std::to_string(got) + " bytes where " + std::string{who} + " says " +
                         std::to_string(promised));
}

Failure too_large(const TransferLimits& limits, std::uint64_t bytes) {
    return at_source(FailureKind::kPermanent, Cause::kTooLarge,
                     "the media has at least " + std::to_string(bytes) + " bytes, more than one object may hold (" +
                         std::to_string(limits.max_plain.value) + ")");
}

std::uint64_t part_bytes(const TransferLimits& limits, std::uint64_t stored) {
    const std::uint64_t least = (stored + kMostParts - 1) / kMostParts;
    const std::uint64_t wanted = std::max(limits.part_size.value, least);
    return (wanted + kBlock - 1) / kBlock * kBlock;
}

}  // namespace

Result<TransferPlan> plan_transfer(const TransferLimits& limits, std::optional<std::uint64_t> announced,
                                   std::optional<std::uint64_t> content_length) {
    if (announced && content_length && *announced != *content_length) {
        return differs(*content_length, "the source offers", *announced, "the platform");
    }
    const auto length = content_length ? content_length : announced;
    if (length && *length > limits.max_plain.value) {
        return too_large(limits, *length);
    }
    if (!length) return TransferPlan{TransferPlan::Way::kBufferedParts, 0, part_bytes(limits, 0)};
    const std::uint64_t stored = *length + crypto::kTagBytes;
    if (stored <= limits.single_put_max.value) return TransferPlan{TransferPlan::Way::kSinglePut, stored, 0};
    return TransferPlan{TransferPlan::Way::kMultipart, stored, part_bytes(limits, stored)};
}

Result<> check_length(const TransferLimits& limits, std::uint64_t received, std::optional<std::uint64_t> announced,
                      std::optional<std::uint64_t> content_length) {
    if (content_length && received != *content_length) {
        return differs(received, "the body ended after", *content_length, "its Content-Length");
    }
    if (announced && received != *announced) return differs(received, "the body has", *announced, "the platform");
    if (received > limits.max_plain.value) return too_large(limits, received);
    return {};
}

}  // namespace strongroom::archive
