#include "auditor/object_check.hpp"

#include <utility>

#include "auditor/key_choice.hpp"

namespace strongroom::auditor {
namespace {

/// Ends a reading on purpose, when the envelope does not open: there is no need for the body then.
Failure not_needed() {
    return {.kind = FailureKind::kPermanent, .cause = Cause::kCancelled, .message = "not needed"};
}

/// One reading: what the store answers, step by step.
class Reading {
  public:
    Reading(crypto::KeyLookup keys, PlaintextOutput* output) : keys_{std::move(keys)}, sink_{output} {}

    Result<> on_head(const object_store::StoredObject& stored) {
        evidence_.stored = stored;
        evidence_.store_crc32c = stored.crc32c;
        auto cipher = crypto::open(stored.metadata, with_named_key(keys_, stored.metadata));
        if (!cipher) {
            evidence_.envelope_failure = cipher.error();
            return not_needed();
        }
        sink_.start(std::move(*cipher));
        return {};
    }

    DecryptingSink& sink() { return sink_; }
    Evidence& evidence() { return evidence_; }

  private:
    crypto::KeyLookup keys_;
    DecryptingSink sink_;
    Evidence evidence_;
};

Finding describe(const Evidence& evidence, const Expectation* expected) {
    Finding finding{.judgement = judge(evidence, expected), .stored = evidence.stored};
    if (const auto format = crypto::recognise(evidence.stored.metadata)) finding.format = to_string(*format);
    finding.key_id = named_key(evidence.stored.metadata);
    if (finding.good()) finding.plain_bytes = evidence.body.stored_bytes - crypto::kTagBytes;
    return finding;
}

Finding missing() {
    return {.judgement = {Verdict::kMissing, "there is no object of that name"}};
}

/// What kept the reading from its end, unless that is itself an answer.
std::optional<Failure> obstacle(Reading& reading, const Result<>& read) {
    if (reading.evidence().envelope_failure) return std::nullopt;
    if (reading.sink().output_failure()) return reading.sink().output_failure();
    if (!read) return read.error();
    return std::nullopt;
}

bool needs_checksum(const Evidence& evidence) {
    return !evidence.envelope_failure && !evidence.body.tag_verified && evidence.store_crc32c.empty();
}

}  // namespace

Task<Result<Finding>> check_object(SealedSource& source, crypto::KeyLookup keys, CheckOptions options) {
    Reading reading{std::move(keys), options.output};
    SealedSource::Options get;
    get.if_match = options.if_match;
    get.on_head = [&reading](const object_store::StoredObject& stored) { return reading.on_head(stored); };
    const Result<> read = co_await source.read(std::move(get), reading.sink());
    if (!read && read.error().cause == Cause::kNotFound) co_return missing();
    if (auto failure = obstacle(reading, read)) co_return std::move(*failure);
    Evidence& evidence = reading.evidence();
    evidence.body = reading.sink().finish();
    if (needs_checksum(evidence)) {
        // Only to tell a wrong key from changed bytes: without an answer the verdict is less certain, not wrong.
        if (auto checksum = co_await source.checksum()) evidence.store_crc32c = std::move(*checksum);
    }
    co_return describe(evidence, options.expected);
}

Finding unreadable(const Failure& failure) {
    return {.judgement = {Verdict::kUnreadable, failure.message}};
}

}  // namespace strongroom::auditor
