#include "shared/records/receipt_codec.hpp"

#include <gtest/gtest.h>
#include <strongroom/archive/v1/receipt.pb.h>

#include "shared/base/units.hpp"

namespace strongroom::records {
namespace {

TEST(ReceiptCodec, ReadsBackWhatItWrote) {
    const Receipt receipt{.event_id = "e-1",
                          .tenant = "acme",
                          .work_item = "media/m-1",
                          .status = ReceiptStatus::kArchivedUnlinked,
                          .objects = {{.bucket = "b",
                                       .key = "archive/2026/m-1.enc",
                                       .version_id = "v",
                                       .etag = "e",
                                       .plain_bytes = 5'000'000'000,
                                       .stored_bytes = 5'000'000'016,
                                       .crc32c = "AAAAAA==",
                                       .content_type = "audio/ogg",
                                       .format = "v3",
                                       .key_id = "2026-11",
                                       .envelope = {{"x-amz-i", "aXY="}},
                                       .stored_at = parse_rfc3339("2026-11-21T09:30:45.000Z").value()}},
                          .attempts = 3,
                          .timings = {{Stage::kResolve, std::chrono::milliseconds{12}},
                                      {Stage::kTransfer, std::chrono::milliseconds{340}}},
                          .origin = {"strongroom.events", 7, 1234, 1'795'253'445'013},
                          .worker = "pod-0/1",
                          .settled_at = parse_rfc3339("2026-11-21T09:30:46.000Z").value(),
                          .failure = FailureReason{"not_ready", "api", "write_back", "404"},
                          .interaction_id = "i-1",
                          .discovered = 2};
    EXPECT_EQ(decode_receipt(encode_receipt(receipt)).value(), receipt);
    EXPECT_EQ(receipt_key(receipt), "acme/media/m-1");
}

TEST(ReceiptCodec, NamesTheOriginWhereNoWorkItemCouldBeRead) {
    EXPECT_EQ(receipt_key({.tenant = "acme", .origin = {"strongroom.events", 3, 99, 0}}), "@strongroom.events/3/99");
}

TEST(ReceiptCodec, RefusesOtherBytesAndKeepsAnUnknownStatusApart) {
    EXPECT_EQ(decode_receipt("\xff\xff").error().cause, Cause::kCorrupt);
    archive::v1::Receipt future;
    future.set_status(static_cast<archive::v1::Status>(77));
    EXPECT_EQ(decode_receipt(future.SerializeAsString()).value().status, ReceiptStatus::kUnspecified);
}

TEST(ReceiptCodec, CutsALongReasonBetweenCharacters) {
    const Failure failure{
        .kind = FailureKind::kOutage, .dependency = Dependency::kStore, .message = std::string(1023, 'x') + "ü"};
    const FailureReason reason = reason_of(failure);
    EXPECT_EQ(reason.message.size(), 1023U);
    EXPECT_EQ(reason.kind, "outage");
}

}  // namespace
}  // namespace strongroom::records
