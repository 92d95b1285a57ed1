#include "auditor/verdict.hpp"

namespace strongroom::auditor {
namespace {

bool is_origin(const Evidence& evidence) {
    return crypto::recognise(evidence.stored.metadata) == crypto::Format::kOrigin;
}

std::string bytes(std::uint64_t count) {
    return std::to_string(count) + " bytes";
}

/// The first field of the receipt's envelope that the object's metadata does not repeat; empty when all are the same.
std::string changed_field(const Evidence& evidence, const Expectation* expected) {
    if (expected == nullptr) return {};
    for (const auto& [name, value] : expected->envelope) {
        const auto found = evidence.stored.metadata.find(name);
        if (found == evidence.stored.metadata.end() || found->second != value) return name;
    }
    return {};
}

Judgement judge_field(const std::string& field) {
    return {field == "iv" ? Verdict::kBadIv : Verdict::kBadMetadata,
            "metadata " + field + " is not what the receipt says it was when the object was written"};
}

Judgement judge_envelope(const Evidence& evidence, const Expectation* expected) {
    const Failure& failure = *evidence.envelope_failure;
    if (failure.cause == Cause::kWrongKey) {
        if (const auto field = changed_field(evidence, expected); !field.empty()) return judge_field(field);
        return {Verdict::kWrongKey, failure.message};
    }
    const bool is_iv = is_origin(evidence) && failure.message.starts_with("metadata iv:");
    return {is_iv ? Verdict::kBadIv : Verdict::kBadMetadata, failure.message};
}

/// The size against the receipt's, or against the tag that every body ends with.
std::optional<Judgement> judge_size(const Evidence& evidence, const Expectation* expected) {
    const std::uint64_t size = evidence.body.stored_bytes;
    if (size < crypto::kTagBytes) {
        return Judgement{Verdict::kTruncated, bytes(size) + ", less than the 16 bytes of the tag"};
    }
    if (expected == nullptr || expected->stored_bytes == 0 || size == expected->stored_bytes) return std::nullopt;
    const std::string both = bytes(size) + " where the receipt says " + bytes(expected->stored_bytes);
    return Judgement{size < expected->stored_bytes ? Verdict::kTruncated : Verdict::kChanged, both};
}

Judgement judge_verified(const Evidence& evidence, const Expectation* expected) {
    if (expected == nullptr) return {};
    const bool size_differs = expected->stored_bytes != 0 && expected->stored_bytes != evidence.body.stored_bytes;
    const bool sum_differs = !expected->crc32c.empty() && expected->crc32c != evidence.body.crc32c;
    if (!size_differs && !sum_differs) return {};
    return {Verdict::kReplaced, "a whole object, but not the one of the receipt: " +
                                    (size_differs ? bytes(evidence.body.stored_bytes) + " where the receipt says " +
                                                        bytes(expected->stored_bytes)
                                                  : std::string{"its CRC-32C differs from the receipt's"})};
}

/// Origin format, right size, wrong tag: is it the key or the bytes?
Judgement judge_origin_tag(const Evidence& evidence, const Expectation* expected) {
    const bool has_receipt_sum = expected != nullptr && !expected->crc32c.empty();
    if (has_receipt_sum && expected->crc32c != evidence.body.crc32c) {
        return {Verdict::kChanged, "the CRC-32C of its bytes differs from the receipt's"};
    }
    if (has_receipt_sum) {
        const bool iv_proven = expected->envelope.contains("iv");
        return {Verdict::kWrongKey, std::string{"its bytes are those of the receipt (CRC-32C), so the key"} +
                                        (iv_proven ? "" : " (or the iv)") + " is not the one it was written with"};
    }
    if (evidence.store_crc32c.empty()) {
        return {
            Verdict::kUnverifiable,
            "the tag does not verify: wrong key, wrong iv, or a changed or truncated body; this format cannot tell, "
            "and there is no checksum to compare"};
    }
    if (evidence.store_crc32c != evidence.body.crc32c) {
        return {Verdict::kChanged, "the CRC-32C of its bytes differs from the one the store keeps"};
    }
    return {Verdict::kWrongKey,
            "its bytes are those last written there (the store's CRC-32C), so the key or the iv is not the writer's, "
            "unless somebody else has overwritten the object since"};
}

Judgement judge_committed_tag(const Evidence& evidence, const Expectation* expected) {
    const bool has_receipt_sum = expected != nullptr && !expected->crc32c.empty();
    if (has_receipt_sum && expected->crc32c == evidence.body.crc32c) {
        return {Verdict::kChanged,
                "the key is right and its bytes are those of the receipt, but the tag does not verify: "
                "they were damaged before they were stored"};
    }
    if (expected != nullptr && expected->stored_bytes != 0) {
        return {Verdict::kChanged, "the key is right and the size is the receipt's, but the tag does not verify"};
    }
    return {Verdict::kChanged, "the key is right, but the tag does not verify: its bytes were changed or cut short"};
}

Judgement judge_object(const Evidence& evidence, const Expectation* expected) {
    if (evidence.envelope_failure) return judge_envelope(evidence, expected);
    if (evidence.body.tag_verified) return judge_verified(evidence, expected);
    if (auto size = judge_size(evidence, expected)) return *size;
    if (const auto field = changed_field(evidence, expected); !field.empty()) return judge_field(field);
    return is_origin(evidence) ? judge_origin_tag(evidence, expected) : judge_committed_tag(evidence, expected);
}

}  // namespace

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::kGood:
            return "good";
        case Verdict::kMissing:
            return "missing";
        case Verdict::kWrongKey:
            return "wrong_key";
        case Verdict::kBadIv:
            return "bad_iv";
        case Verdict::kBadMetadata:
            return "bad_metadata";
        case Verdict::kTruncated:
            return "truncated";
        case Verdict::kChanged:
            return "changed";
        case Verdict::kReplaced:
            return "replaced";
        case Verdict::kUnverifiable:
            return "unverifiable";
        case Verdict::kUnreadable:
            return "unreadable";
    }
    return "unknown";
}

Judgement judge(const Evidence& evidence, const Expectation* expected) {
    Judgement judgement = judge_object(evidence, expected);
    const bool overwritten = expected != nullptr && !expected->etag.empty() && !evidence.stored.etag.empty() &&
                             expected->etag != evidence.stored.etag;
    if (judgement.verdict != Verdict::kGood && overwritten) {
        judgement.explanation += "; it was overwritten since (its ETag is not the receipt's)";
    }
    return judgement;
}

}  // namespace strongroom::auditor
