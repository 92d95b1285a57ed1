#pragma once

#include <cstdint>
#include <optional>

#include "shared/base/result.hpp"
#include "shared/base/units.hpp"

namespace strongroom::archive {

/// How large bodies are cut. S3: parts of 5 MiB to 5 GiB, at most 10,000; a single PUT of at most 5 GiB.
struct TransferLimits {
    ByteCount single_put_max{100'000'000};  ///< stored bytes that still go as one PUT
    ByteCount part_size{16U << 20U};        ///< of a multipart upload; a multiple of 16; grows for very large bodies
    ByteCount ring{128U << 10U};            ///< bytes held per transfer; a power of two, at least 128 KiB
    ByteCount max_plain{68'719'476'704U};   ///< larger items are refused (GCM's limit)
};

struct TransferPlan {
    enum class Way {
        kSinglePut,      ///< known length: one PUT
        kMultipart,      ///< known length: parts as one stream
        kBufferedParts,  ///< unknown length: each part is collected first
    };
    Way way = Way::kSinglePut;
    std::uint64_t stored_bytes = 0;  ///< ciphertext and tag; 0 when unknown
    std::uint64_t part_bytes = 0;
};

/// Chooses the way. `announced` is the platform's size, `content_length` the source's. Failures (kTransfer/kSource):
/// the two disagree (transient: a half-written or wrong file), too large (permanent, kTooLarge).
Result<TransferPlan> plan_transfer(const TransferLimits& limits, std::optional<std::uint64_t> announced,
                                   std::optional<std::uint64_t> content_length);

/// After the last byte: what came is what was promised (transient, Cause::kTruncated otherwise) and fits into one
/// object.
Result<> check_length(const TransferLimits& limits, std::uint64_t received, std::optional<std::uint64_t> announced,
                      std::optional<std::uint64_t> content_length);

}  // namespace strongroom::archive
