#include "shared/records/event_codec.hpp"

#include <gtest/gtest.h>
#include <strongroom/event/v1/event.pb.h>

#include "shared/base/units.hpp"

namespace strongroom::records {
namespace {

Event sample() {
    return {.id = "58fb5dac-f077-4eec-a25f-c638dbdd4368",
            .tenant = "acme",
            .source = "emit",
            .occurred_at = parse_rfc3339("2026-11-21T09:30:45.013Z").value(),
            .received_at = parse_rfc3339("2026-11-21T09:30:46.000Z").value(),
            .subject = ArchivedMedia{"m-1", "i-1"},
            .attributes = {{"queue", "billing"}}};
}

event::v1::Event wire_sample() {
    event::v1::Event message;
    message.set_tenant("acme");
    message.mutable_archived_media()->set_media_id("m-1");
    message.mutable_archived_media()->set_interaction_id("i-1");
    return message;
}

TEST(EventCodec, ReadsBackWhatItWrote) {
    Event event = sample();
    event.deliveries = {
        PresignedPut{.url = Secret{"https://b.example/k?sig=1"}, .headers = {{"x-amz-acl", Secret{"private"}}}},
        RoleUpload{"arn:aws:iam::1:role/r", "x", "b", "eu-west-1"}};
    event.parent_event_id = "p-1";
    EXPECT_EQ(decode_event(encode_event(event)).value(), event);
}

TEST(EventCodec, WritesTheDocumentedFieldNumbers) {
    EXPECT_EQ(encode_event({.id = "e", .tenant = "t", .subject = ArchivedMedia{"m", "i"}}),
              std::string("\x0a\x01"
                          "e\x12\x01"
                          "t\x82\x01\x06\x0a\x01"
                          "m\x12\x01i",
                          15));
}

TEST(EventCodec, RefusesHostileIdsAsPoison) {
    const std::string hostile[] = {"",       "..",
                                   ".",      "../../etc/passwd",
                                   "a/b",    std::string("a\0b", 3),
                                   "a b",    "a%2e",
                                   "Zürich", "a\nb",
                                   "a\"b",   std::string(10'000, 'x'),
                                   "{a}",    "a?b",
                                   "a#b",    "\x7f",
                                   "a\\b",   "a@1"};
    for (const std::string& id : hostile) {
        for (const bool media : {true, false}) {
            auto message = wire_sample();
            if (media)
                message.mutable_archived_media()->set_media_id(id);
            else
                message.mutable_archived_media()->set_interaction_id(id);
            const auto decoded = decode_event(message.SerializeAsString());
            ASSERT_FALSE(decoded) << id;
            EXPECT_EQ(decoded.error().kind, FailureKind::kPoison) << id;
            EXPECT_EQ(decoded.error().stage, Stage::kDecode) << id;
            EXPECT_NE(decoded.error().message.find(media ? "mediaId" : "interactionId"), std::string::npos);
            EXPECT_LT(decoded.error().message.size(), 120U);
        }
    }
}

TEST(EventCodec, AcceptsOrdinaryIds) {
    for (const std::string& id : {std::string{"2f7bf00a-0fc2-4d6a-9b56-92238191433e"}, std::string{"a"},
                                  std::string{"A.b_c:d-e"}, std::string{"-x_"}, std::string(255, 'x')}) {
        auto message = wire_sample();
        message.mutable_archived_media()->set_media_id(id);
        EXPECT_TRUE(decode_event(message.SerializeAsString())) << id;
    }
}

TEST(EventCodec, RefusesMissingTenantAndUnsafeEventId) {
    auto message = wire_sample();
    message.clear_tenant();
    EXPECT_EQ(decode_event(message.SerializeAsString()).error().message, "tenant is missing or empty");
    message = wire_sample();
    message.set_id("../x");
    EXPECT_EQ(decode_event(message.SerializeAsString()).error().message, "event id begins with a dot");
}

TEST(EventCodec, RefusesBytesThatAreNoEvent) {
    for (const std::string& bytes : {std::string{"{\"mediaId\":\"m\"}"}, std::string(100, '\xff'),
                                     encode_event(sample()).substr(0, 40), std::string{"\x12\x02\xff\xfe"}}) {
        const auto decoded = decode_event(bytes);
        ASSERT_FALSE(decoded);
        EXPECT_EQ(decoded.error().kind, FailureKind::kPoison);
    }
    EXPECT_EQ(decode_event("").error().message, "the event has no subject");
}

TEST(EventCodec, LetsAnUnknownSubjectWaitForANewerWorker) {
    auto message = wire_sample();
    message.clear_archived_media();
    message.GetReflection()->MutableUnknownFields(&message)->AddLengthDelimited(17, "future");
    const auto decoded = decode_event(message.SerializeAsString());
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().kind, FailureKind::kNotReady);
    EXPECT_EQ(decoded.error().cause, Cause::kUnsupported);
}

TEST(EventCodec, UnknownFieldsSurvive) {
    auto message = wire_sample();
    message.set_id("e-1");
    message.GetReflection()->MutableUnknownFields(&message)->AddVarint(100, 42);
    auto& media = *message.mutable_archived_media();
    media.GetReflection()->MutableUnknownFields(&media)->AddLengthDelimited(9, "more");
    const std::string bytes = message.SerializeAsString();
    EXPECT_EQ(encode_event(decode_event(bytes).value()), bytes);
}

TEST(EventCodec, DerivesTheIdFromTenantAndSubject) {
    const auto decoded = decode_event(wire_sample().SerializeAsString()).value();
    EXPECT_EQ(decoded.id, derived_event_id(decoded));
    // uuid.uuid5(UUID('5b1f0c2e-834d-4f6a-9e27-1d60a4c8537b'), 'acme/media/m-1\0i-1') of Python
    EXPECT_EQ(decoded.id, "a08984ef-db18-5688-9385-fcdbbf3387c2");
    auto other = decoded;
    other.tenant = "globex";
    EXPECT_NE(derived_event_id(other), decoded.id);
}

TEST(EventCodec, HintsShowOnlyWhatIsSafe) {
    auto message = wire_sample();
    message.set_id("e-1");
    message.mutable_archived_media()->set_media_id("../x");
    EXPECT_EQ(hints_of(message.SerializeAsString()).tenant, "acme");
    EXPECT_EQ(hints_of(message.SerializeAsString()).event_id, "e-1");
    message.set_tenant("a b");
    EXPECT_EQ(hints_of(message.SerializeAsString()).tenant, "");
    EXPECT_EQ(hints_of("\xff\xff").event_id, "");
}

}  // namespace
}  // namespace strongroom::records
