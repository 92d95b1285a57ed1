#include "worker/archive/transfer.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "worker/archive/multipart_upload.hpp"
#include "worker/archive/part_source.hpp"
#include "worker/archive/source_download.hpp"

namespace strongroom::archive {
namespace {

using object_store::ObjectStore;
using object_store::PutResult;

/// An upload that was abandoned because the download failed reports its own cancellation; the download knows the cause.
Failure first_cause(const Result<>& fed, const Failure& stored) {
    if (!fed && (stored.cause == Cause::kCancelled || fed.error().cause != Cause::kCancelled)) return fed.error();
    return stored;
}

Failure broken_off() {
    return {.cause = Cause::kCancelled, .message = "the download broke off"};
}

/// Completes an upload whose parts are all there, aborts it otherwise.
Task<Result<PutResult>> conclude(MultipartUpload upload, Result<> sent) {
    Result<PutResult> put = broken_off();
    if (sent) {
        put = co_await upload.complete();
    } else {
        put = std::move(sent).error();
    }
    if (!put) co_await upload.abort();
    co_return put;
}

}  // namespace

/// What the steps of one attempt share.
struct Transfer::Body {
    EncryptingStream stream;
    const TransferLimits& limits;
    TransferPlan plan;
    object_store::NewObject object;
    std::optional<std::uint64_t> announced;
    std::optional<std::uint64_t> content_length;
};

Task<Result<Transferred>> Transfer::run(http::Client& source, ObjectStore& store, const TransferLimits& limits,
                                        crypto::Format format, const genesys::MediaLocation& location,
                                        object_store::NewObject object) {
    using namespace boost::asio::experimental::awaitable_operators;
    crypto::Sealed sealed = crypto::seal(format, parts_.keys.active(), parts_.random);
    object.metadata.insert(sealed.metadata.begin(), sealed.metadata.end());
    Body body{.stream = {std::move(sealed.cipher), parts_.rings.take()},
              .limits = limits,
              .plan = {},
              .object = std::move(object),
              .announced = location.size,
              .content_length = {}};
    const auto download = source.download(media_request(location), body.stream);
    auto head = co_await download->head();
    if (!head) co_return std::move(head).error().at(Dependency::kSource, Stage::kTransfer);
    if (auto refused = refusal(*head)) co_return std::move(*refused);
    body.content_length = head->content_length;
    auto plan = plan_transfer(limits, body.announced, body.content_length);
    if (!plan) co_return std::move(plan).error();
    body.plan = *plan;
    body.stream.expect(body.plan.stored_bytes > 0 ? body.plan.stored_bytes - crypto::kTagBytes
                                                  : limits.max_plain.value);
    body.object.content_type = content_type_of(location, *head);

    auto [fed, put] = co_await (feed(body, *download) && store_body(body, store));
    if (!put) co_return first_cause(fed, put.error()).at(Dependency::kStore, Stage::kTransfer);
    const std::uint64_t plain = body.stream.plain_bytes();
    co_return Transferred{.put = std::move(*put),
                          .plain_bytes = plain,
                          .stored_bytes = plain + crypto::kTagBytes,
                          .content_type = std::move(body.object.content_type),
                          .key_id = parts_.keys.active().id,
                          .envelope = std::move(sealed.metadata)};
}

Task<Result<>> Transfer::feed(Body& body, http::Exchange& download) {
    auto done = co_await download.done();
    // A body that overran was aborted by the stream itself: the length tells why, not the abort.
    if (done || body.stream.overran()) {
        done = check_length(body.limits, body.stream.plain_bytes(), body.announced, body.content_length);
    }
    if (done) {
        body.stream.finish();
        co_return done;
    }
    body.stream.abandon();
    co_return std::move(done).error().at(Dependency::kSource, Stage::kTransfer);
}

Task<Result<PutResult>> Transfer::store_body(Body& body, ObjectStore& store) {
    Result<PutResult> put = broken_off();
    switch (body.plan.way) {
        case TransferPlan::Way::kSinglePut:
            put = co_await store.put(body.object, body.plan.stored_bytes, body.stream);
            break;
        case TransferPlan::Way::kMultipart:
            put = co_await multipart(body, store);
            break;
        case TransferPlan::Way::kBufferedParts:
            put = co_await buffered_parts(body, store);
            break;
    }
    if (!put) body.stream.abandon();
    co_return put;
}

Task<Result<PutResult>> Transfer::multipart(Body& body, ObjectStore& store) {
    auto upload = co_await MultipartUpload::begin(store, body.object);
    if (!upload) co_return std::move(upload).error();
    Result<> sent{};
    for (std::uint64_t left = body.plan.stored_bytes; sent && left > 0;) {
        const std::uint64_t length = std::min(left, body.plan.part_bytes);
        PartSource part{body.stream, length};
        sent = co_await upload->send(length, part);
        left -= length;
    }
    co_return co_await conclude(std::move(*upload), std::move(sent));
}

Task<Result<PutResult>> Transfer::buffered_parts(Body& body, ObjectStore& store) {
    const auto permit = co_await parts_.buffered.acquire();
    std::vector<std::byte> part;
    if (!co_await collect_part(body.stream, body.plan.part_bytes, part)) co_return broken_off();
    if (part.size() < body.plan.part_bytes) {
        MemorySource whole{part};
        co_return co_await store.put(body.object, part.size(), whole);
    }
    auto upload = co_await MultipartUpload::begin(store, body.object);
    if (!upload) co_return std::move(upload).error();
    Result<> sent{};
    while (sent && !part.empty()) {
        MemorySource source{part};
        sent = co_await upload->send(part.size(), source);
        if (sent && !co_await collect_part(body.stream, body.plan.part_bytes, part)) sent = broken_off();
    }
    co_return co_await conclude(std::move(*upload), std::move(sent));
}

}  // namespace strongroom::archive
