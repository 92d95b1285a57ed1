#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "auditor/decrypting_sink.hpp"
#include "shared/base/failure.hpp"
#include "shared/crypto/envelope.hpp"
#include "shared/object_store/object_store.hpp"

namespace strongroom::auditor {

/// What is to be said about one object. The words of `to_string` stand in `--json` output and stay.
enum class Verdict {
    kGood,          ///< it is there, its tag verifies, and it is what was expected
    kMissing,       ///< it is not there
    kWrongKey,      ///< the key at hand is not the one it was written with
    kBadIv,         ///< its iv is missing, malformed, of the wrong length, or not the one it was written with
    kBadMetadata,   ///< another part of its envelope is missing, malformed, changed, or of an unknown format
    kTruncated,     ///< its end is missing
    kChanged,       ///< its bytes are not those that were written
    kReplaced,      ///< it verifies, but it is another object than the receipt names
    kUnverifiable,  ///< its tag does not verify, and nothing at hand tells why
    kUnreadable,    ///< the store could not be read: nothing is known about the object
};

std::string_view to_string(Verdict verdict);

/// What a receipt says about an object. Empty and zero = it does not say.
struct Expectation {
    std::uint64_t stored_bytes = 0;
    std::string crc32c{};
    std::string etag{};
    crypto::Metadata envelope{};
};

/// All that was found out about one object.
struct Evidence {
    object_store::StoredObject stored{};
    /// Why the envelope does not open; nothing when it did.
    std::optional<Failure> envelope_failure{};
    BodyEvidence body{};
    /// The store's own CRC-32C of the bytes, base64; it describes the last writer's bytes, whoever that was.
    std::string store_crc32c{};
};

struct Judgement {
    Verdict verdict = Verdict::kGood;
    std::string explanation{};  ///< for people; empty for kGood
};

/// Tells apart what can be told apart. In v3 the key is proven before the body (commitment), so a tag that does not
/// verify means the body. In the origin format a wrong key, a wrong iv and a changed body all show only as a wrong tag:
/// then sizes and checksums decide, a receipt's before the store's, and where there are none the verdict is
/// kUnverifiable.
Judgement judge(const Evidence& evidence, const Expectation* expected);

}  // namespace strongroom::auditor
