#pragma once

#include <optional>
#include <string>

#include "auditor/plaintext_output.hpp"
#include "auditor/sealed_source.hpp"
#include "auditor/verdict.hpp"
#include "shared/base/result.hpp"
#include "shared/crypto/envelope.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::auditor {

/// What one reading of one object found.
struct Finding {
    Judgement judgement{};
    /// As the store has it; default where it is missing or could not be read.
    object_store::StoredObject stored{};
    std::string format{};  ///< `v3`, `origin`, or empty where it is not known
    std::string key_id{};  ///< as the object names it, or empty
    /// With kGood only.
    std::uint64_t plain_bytes = 0;

    [[nodiscard]] bool good() const { return judgement.verdict == Verdict::kGood; }
};

struct CheckOptions {
    /// Receives plaintext that is not verified yet; may be null. Outlives the check.
    PlaintextOutput* output = nullptr;
    const Expectation* expected = nullptr;  ///< outlives the check
    std::string if_match{};                 ///< only this version (ETag)
};

/// Reads and decrypts one object once, from its first byte to its tag, and judges it. A failure means that nothing can
/// be said about the object: the store could not be read (it may pass), the output could not be written (permanent), or
/// the object is no longer the `if_match` one (Cause::kPreconditionFailed). `source` and what `keys` refers to outlive
/// it.
Task<Result<Finding>> check_object(SealedSource& source, crypto::KeyLookup keys, CheckOptions options);

/// The finding that stands for such a failure where every object gets one.
Finding unreadable(const Failure& failure);

}  // namespace strongroom::auditor
