#include "worker/archive/archived_object.hpp"

#include <gtest/gtest.h>

#include "shared/base/units.hpp"

namespace strongroom::archive {
namespace {

const Provenance kWho{"acme/media/m-1", "e-1", "t.events/3/120"};
const WallTime kWhen = parse_rfc3339("2026-11-21T09:30:45.013Z").value();

object_store::StoredObject stored() {
    auto metadata = describe_object(kWho, "v3", "2026-11", kWhen);
    metadata.emplace("x-amz-c", "115");
    return {.bucket = "b",
            .key = "k",
            .version_id = "v",
            .etag = "e",
            .size = 116,
            .crc32c = "c",
            .content_type = "audio/wav",
            .last_modified = {},
            .metadata = metadata};
}

TEST(ArchivedObject, IsRecognisedByItsMetadata) {
    const auto found = recognise(stored(), kWho);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->origin, kWho.origin);
    EXPECT_EQ(found->object.plain_bytes, 100U);
    EXPECT_EQ(found->object.stored_at, kWhen);
    EXPECT_EQ(found->object.format, "v3");
    EXPECT_EQ(found->object.key_id, "2026-11");
    EXPECT_EQ(found->object.envelope, (std::map<std::string, std::string>{{"x-amz-c", "115"}}));
}

TEST(ArchivedObject, OfAnotherItemIsAKeyCollision) {
    for (const std::string owner : {"", "other/media/m-1", "acme/media/m-2"}) {
        auto other = stored();
        other.metadata["sr-item"] = owner;
        const auto found = recognise(other, kWho);
        ASSERT_FALSE(found);
        EXPECT_EQ(found.error().kind, FailureKind::kPermanent);
        EXPECT_EQ(found.error().cause, Cause::kConflict);
    }
}

TEST(ArchivedObject, SurvivesTheRecoveryPoint) {
    const auto object = recognise(stored(), kWho)->object;
    EXPECT_EQ(from_fields(to_fields(object)), object);
}

TEST(ArchivedObject, IsNotReadFromDamagedFields) {
    const auto whole = to_fields(recognise(stored(), kWho)->object);
    for (const char* name : {"bucket", "key", "plain_bytes", "stored_bytes", "stored_at"}) {
        auto fields = whole;
        fields.erase(name);
        EXPECT_FALSE(from_fields(fields)) << name;
        fields[name] = "";
        EXPECT_FALSE(from_fields(fields)) << name;
    }
}

}  // namespace
}  // namespace strongroom::archive
