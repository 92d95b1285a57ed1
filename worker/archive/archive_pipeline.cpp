#include "worker/archive/archive_pipeline.hpp"

#include <algorithm>
#include <utility>

#include "shared/base/units.hpp"
#include "worker/archive/item_index.hpp"

namespace strongroom::archive {
namespace {

using State = fleet::RecoveryPoint::State;
using consume::Failed;
using consume::HandlerResult;
using consume::Settled;

constexpr std::string_view kAlgorithm = "AES-256-GCM";
constexpr std::string_view kOriginField = "origin";

std::string linked_field(const ArchiveJob& job) {
    return "linked." + job.handler.interaction_id(job.event);
}

records::ArchivedObject describe(Transferred moved, const Destination& destination, std::string key, WallTime at) {
    return {.bucket = destination.bucket,
            .key = std::move(key),
            .version_id = std::move(moved.put.version_id),
            .etag = std::move(moved.put.etag),
            .plain_bytes = moved.plain_bytes,
            .stored_bytes = moved.stored_bytes,
            .crc32c = std::move(moved.put.crc32c),
            .content_type = std::move(moved.content_type),
            .format = std::string{crypto::to_string(destination.format)},
            .key_id = std::move(moved.key_id),
            .envelope = std::move(moved.envelope),
            .stored_at = at};
}

Failure taken_over() {
    return {.kind = FailureKind::kNotReady,
            .dependency = Dependency::kRedis,
            .stage = Stage::kClaim,
            .cause = Cause::kConflict,
            .message = "the claim was taken over by another worker"};
}

}  // namespace

Task<HandlerResult> ArchivePipeline::handle(const consume::Delivery& delivery) {
    auto job = open_job(delivery, parts_.tenants);
    if (!job) co_return HandlerResult{subject_of_refused(delivery), Failed{std::move(job).error()}};
    Result<> end = co_await claim(*job);
    if (end) {
        std::optional<LeaseKeeper::Hold> hold;
        if (job->claim) hold.emplace(parts_.leases, *job->claim);
        end = co_await run_stages(*job);
    }
    co_return co_await conclude(*job, std::move(end));
}

Task<Result<>> ArchivePipeline::run_stages(ArchiveJob& job) {
    if (!job.object) {
        auto stored = co_await store(job);
        if (!stored) co_return stored;
    }
    if (job.linked) co_return Result<>{};
    co_return co_await link(job);
}

Task<Result<>> ArchivePipeline::claim(ArchiveJob& job) {
    const StageTimer timer{parts_.time, job, Stage::kClaim};
    auto attempt = co_await ask_for_claim(job);
    if (!attempt) {
        // Redis is the memory, not the truth: the store's conditional write still lets nobody archive twice.
        if (attempt.error().dependency != Dependency::kRedis || attempt.error().kind == FailureKind::kNotReady) {
            co_return std::move(attempt).error();
        }
        parts_.observer.without_claim(attempt.error());
        co_return Result<>{};
    }
    job.claim = std::get<fleet::Claim>(std::move(*attempt));
    const auto& recovery = job.claim->recovery;
    if (recovery.state < State::kUploaded) co_return Result<>{};
    job.object = from_fields(recovery.fields);
    if (const auto origin = recovery.fields.find(std::string{kOriginField}); origin != recovery.fields.end()) {
        job.object_origin = origin->second;
    }
    job.linked = job.object && recovery.fields.contains(linked_field(job));
    co_return Result<>{};
}

Task<Result<fleet::ClaimAttempt>> ArchivePipeline::ask_for_claim(const ArchiveJob& job) {
    const consume::Delivery& from = job.delivery;
    const fleet::Origin origin{.group = from.group,
                               .topic = from.record.at.topic,
                               .partition = from.record.at.partition,
                               .generation = from.epoch};
    const SteadyTime give_up = parts_.time.now() + parts_.limits.claim_wait;
    for (;;) {
        auto attempt = co_await parts_.claims.acquire(job.provenance.qualified_item, origin);
        if (!attempt || std::holds_alternative<fleet::Claim>(*attempt)) co_return attempt;
        if (parts_.time.now() >= give_up) {
            co_return Failure{.kind = FailureKind::kNotReady,
                              .dependency = Dependency::kRedis,
                              .stage = Stage::kClaim,
                              .message = "another worker still holds the claim on " + job.provenance.qualified_item};
        }
        const auto lease_left = std::get<fleet::ClaimedElsewhere>(*attempt).lease_left;
        co_await parts_.sleeper.sleep_for(
            std::clamp(lease_left, std::chrono::milliseconds{50}, std::chrono::milliseconds{500}));
    }
}

Task<Result<>> ArchivePipeline::store(ArchiveJob& job) {
    auto object = co_await retry<records::ArchivedObject>(parts_.sleeper, parts_.random, parts_.limits.backoff,
                                                          [this, &job] { return attempt_transfer(job); });
    if (!object) co_return std::move(object).error();
    job.object = std::move(*object);
    co_return co_await remember(job, State::kUploaded);
}

Task<Result<records::ArchivedObject>> ArchivePipeline::attempt_transfer(ArchiveJob& job) {
    auto resolved = co_await resolve(job);
    if (!resolved) co_return std::move(resolved).error();
    const auto permit = co_await parts_.transfers.acquire();
    // The wait for a permit may have outlived the URL.
    resolved = co_await resolve(job);
    if (!resolved) co_return std::move(resolved).error();
    auto key = co_await choose_key(job);
    if (!key) co_return std::move(key).error();
    if (job.object) co_return *job.object;

    const StageTimer timer{parts_.time, job, Stage::kTransfer};
    const auto& destination = job.tenant.destination;
    const WallTime now = parts_.time.wall_now();
    const std::string key_id = parts_.keys.active().id;
    object_store::NewObject object{
        .bucket = destination.bucket,
        .key = *key,
        .content_type = {},
        .metadata = describe_object(job.provenance, crypto::to_string(destination.format), key_id, now),
        .only_if_absent = true};
    auto moved = co_await parts_.transfer.run(job.tenant.source, job.tenant.store, destination.limits,
                                              destination.format, *job.location, std::move(object));
    if (!moved && moved.error().cause == Cause::kPreconditionFailed) co_return co_await adopt_existing(job, *key);
    if (!moved) {
        parts_.observer.attempt_failed(moved.error());
        if (moved.error().dependency == Dependency::kSource) job.location.reset();
        co_return std::move(moved).error();
    }
    job.object_origin = job.provenance.origin;
    records::ArchivedObject archived = describe(std::move(*moved), destination, *key, now);
    parts_.observer.stored(archived);
    co_return archived;
}

Task<Result<>> ArchivePipeline::resolve(ArchiveJob& job) {
    if (job.location && parts_.time.now() - job.resolved_at < parts_.limits.url_max_age) co_return Result<>{};
    const StageTimer timer{parts_.time, job, Stage::kResolve};
    job.location.reset();
    const auto permit = co_await parts_.api_calls.acquire();
    auto location = co_await job.handler.resolve(job.tenant, job.event);
    if (!location) {
        parts_.observer.attempt_failed(location.error());
        co_return std::move(location).error().at(Dependency::kApi, Stage::kResolve);
    }
    job.location = std::move(*location);
    job.resolved_at = parts_.time.now();
    co_return Result<>{};
}

Task<Result<std::string>> ArchivePipeline::choose_key(ArchiveJob& job) {
    const auto& destination = job.tenant.destination;
    const auto date = job.location->started_at ? job.location->started_at : job.event.occurred_at;
    auto key = destination.key.expand({.tenant = job.tenant.name,
                                       .media_id = job.handler.media_id(job.event),
                                       .interaction_id = job.handler.interaction_id(job.event),
                                       .qualified_item = job.provenance.qualified_item,
                                       .content_type = job.location->content_type,
                                       .date = date.value_or(WallTime{})});
    if (!key) co_return std::move(key).error();
    const bool moves = !job.location->started_at && destination.key.has_date();
    if (!moves || !destination.index_objects) co_return std::move(*key);
    auto place = co_await fix_place(job.tenant.store, destination.bucket, destination.key.fixed_prefix(),
                                    job.provenance.qualified_item, std::move(*key));
    if (!place) co_return std::move(place).error();
    if (place->known_before) {
        auto existing = co_await adopt_existing(job, place->key);
        if (existing) {
            job.object = std::move(*existing);
        } else if (existing.error().cause != Cause::kNotFound) {
            co_return std::move(existing).error();
        }
    }
    co_return std::move(place->key);
}

Task<Result<records::ArchivedObject>> ArchivePipeline::adopt_existing(ArchiveJob& job, std::string key) {
    const auto stored = co_await job.tenant.store.head(job.tenant.destination.bucket, std::move(key));
    if (!stored) co_return stored.error().at(Dependency::kStore, Stage::kTransfer);
    auto found = recognise(*stored, job.provenance);
    if (!found) co_return std::move(found).error();
    job.object_origin = std::move(found->origin);
    co_return std::move(found->object);
}

Task<Result<>> ArchivePipeline::link(ArchiveJob& job) {
    const StageTimer timer{parts_.time, job, Stage::kWriteBack};
    auto linked = co_await retry<void>(parts_.sleeper, parts_.random, parts_.limits.backoff,
                                       [this, &job] { return write_back(job); });
    if (!linked) {
        parts_.observer.attempt_failed(linked.error());
        co_return std::move(linked).error().at(Dependency::kApi, Stage::kWriteBack);
    }
    job.linked = true;
    co_return Result<>{};
}

Task<Result<>> ArchivePipeline::write_back(ArchiveJob& job) {
    const auto permit = co_await parts_.api_calls.acquire();
    co_return co_await job.handler.write_back(
        job.tenant, job.event,
        {{"s3_archive_key", job.object->key},
         {"archive_timestamp", format_rfc3339(job.object->stored_at.value_or(WallTime{}))},
         {"encryption_algorithm", std::string{kAlgorithm}}});
}

Task<Result<>> ArchivePipeline::remember(ArchiveJob& job, State state) {
    if (!job.claim) co_return Result<>{};
    fleet::RecoveryPoint point{.state = state, .fields = to_fields(*job.object)};
    point.fields.emplace(kOriginField, job.object_origin);
    for (const auto& [name, value] : job.claim->recovery.fields) {
        if (name.starts_with("linked.")) point.fields.emplace(name, value);
    }
    if (job.linked) point.fields.emplace(linked_field(job), "1");
    auto advanced = co_await parts_.claims.advance(*job.claim, std::move(point));
    if (!advanced && advanced.error().cause == Cause::kConflict) {
        job.claim.reset();
        co_return taken_over();
    }
    co_return Result<>{};
}

Task<HandlerResult> ArchivePipeline::conclude(ArchiveJob& job, Result<> end) {
    if (end) end = co_await remember(job, State::kDone);
    for (const auto& timing : job.timings) parts_.observer.stage_ended(timing.stage, timing.duration);
    if (!end) {
        if (job.claim) co_await parts_.claims.release(*job.claim);
        Failed failed{.failure = std::move(end).error()};
        if (job.object && failed.failure.stage == Stage::kWriteBack) {
            auto receipt = job.receipt(records::ReceiptStatus::kArchivedUnlinked);
            receipt.failure = records::reason_of(failed.failure);
            failed.records_if_dead = {parts_.receipts.receipt(receipt), parts_.receipts.index_entry(receipt)};
        }
        co_return HandlerResult{job.subject, std::move(failed)};
    }
    const auto receipt = job.receipt(job.status());
    Settled settled{.records = {parts_.receipts.receipt(receipt)}, .status = std::string{to_string(receipt.status)}};
    if (receipt.status == records::ReceiptStatus::kArchived) {
        settled.records.push_back(parts_.receipts.index_entry(receipt));
    }
    co_return HandlerResult{job.subject, std::move(settled)};
}

kafka::OutboundRecord ArchivePipeline::dead_letter_receipt(const consume::Delivery& delivery,
                                                           const consume::Subject& subject, const Failure& failure) {
    return parts_.receipts.receipt({.event_id = subject.event_id,
                                    .tenant = subject.tenant,
                                    .work_item = subject.work_item,
                                    .status = records::ReceiptStatus::kDeadLettered,
                                    .attempts = delivery.attempt,
                                    .origin = origin_of(delivery.record),
                                    .failure = records::reason_of(failure)});
}

}  // namespace strongroom::archive
