#include "auditor/verdict.hpp"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auditor/fake_store.hpp"
#include "auditor/object_check.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::auditor {
namespace {

using crypto::Format;
using test::FakeStore;
using testing::HasSubstr;

const std::string kPlain = "nine hundred seconds of a conversation";

Finding check(FakeStore::Item item, const crypto::NamedKey& key, const Expectation* expected = nullptr) {
    FakeStore store;
    store.items["a.enc"] = std::move(item);
    StoreSource source{store, {"archive", "a.enc"}};
    const auto finding = test::run_task(check_object(source, test::only_key(key), {.expected = expected}));
    EXPECT_TRUE(finding);
    return finding ? *finding : Finding{};
}

Expectation receipt_for(const FakeStore::Item& item) {
    return {.stored_bytes = item.body.size(),
            .crc32c = test::crc32c_of(item.body),
            .etag = item.etag,
            .envelope = item.metadata};
}

struct Case {
    const char* what;
    Format format;
    std::function<void(FakeStore::Item&)> damage;
    bool wrong_key;
    Verdict alone;         ///< with what the store says
    Verdict with_receipt;  ///< and with a receipt
};

/// Someone put other bytes in the object's place: the store's checksum is of those.
void overwritten(FakeStore::Item& item) {
    item.crc32c = test::crc32c_of(item.body);
    item.etag = "etag-2";
}
void flip(FakeStore::Item& item) {
    item.body[3] ^= std::byte{1};
}
void cut(FakeStore::Item& item) {
    item.body.resize(item.body.size() - 5);
}

const std::vector<Case>& cases() {
    static const std::vector<Case> table{
        {"nothing", Format::kV3, [](auto&) {}, false, Verdict::kGood, Verdict::kGood},
        {"nothing", Format::kOrigin, [](auto&) {}, false, Verdict::kGood, Verdict::kGood},
        {"key", Format::kV3, [](auto&) {}, true, Verdict::kWrongKey, Verdict::kWrongKey},
        {"key", Format::kOrigin, [](auto&) {}, true, Verdict::kWrongKey, Verdict::kWrongKey},
        {"key, no checksum", Format::kOrigin, [](auto& item) { item.crc32c.clear(); }, true, Verdict::kUnverifiable,
         Verdict::kWrongKey},
        {"bit", Format::kV3, flip, false, Verdict::kChanged, Verdict::kChanged},
        {"bit", Format::kOrigin, flip, false, Verdict::kChanged, Verdict::kChanged},
        {"bit, no checksum", Format::kOrigin,
         [](auto& item) {
             flip(item);
             item.crc32c.clear();
         },
         false, Verdict::kUnverifiable, Verdict::kChanged},
        {"tag bit", Format::kOrigin, [](auto& item) { item.body.back() ^= std::byte{1}; }, false, Verdict::kChanged,
         Verdict::kChanged},
        {"overwritten by changed bytes", Format::kOrigin,
         [](auto& item) {
             flip(item);
             overwritten(item);
         },
         false, Verdict::kWrongKey, Verdict::kChanged},
        {"cut", Format::kV3, cut, false, Verdict::kChanged, Verdict::kTruncated},
        {"cut", Format::kOrigin, cut, false, Verdict::kChanged, Verdict::kTruncated},
        {"cut into the tag's length", Format::kOrigin, [](auto& item) { item.body.resize(15); }, false,
         Verdict::kTruncated, Verdict::kTruncated},
        {"empty", Format::kV3, [](auto& item) { item.body.clear(); }, false, Verdict::kTruncated, Verdict::kTruncated},
        {"longer", Format::kV3, [](auto& item) { item.body.push_back({}); }, false, Verdict::kChanged,
         Verdict::kChanged},
        {"iv missing", Format::kOrigin, [](auto& item) { item.metadata.erase("iv"); }, false, Verdict::kBadIv,
         Verdict::kBadIv},
        {"iv short", Format::kOrigin, [](auto& item) { item.metadata["iv"] = "AAAA"; }, false, Verdict::kBadIv,
         Verdict::kBadIv},
        {"iv no base64", Format::kOrigin, [](auto& item) { item.metadata["iv"] = "?"; }, false, Verdict::kBadIv,
         Verdict::kBadIv},
        {"another iv", Format::kOrigin, [](auto& item) { item.metadata["iv"] = "AAAAAAAAAAAAAAAA"; }, false,
         Verdict::kWrongKey, Verdict::kBadIv},
        {"no envelope", Format::kV3, [](auto& item) { item.metadata.clear(); }, false, Verdict::kBadMetadata,
         Verdict::kBadMetadata},
        {"commitment", Format::kV3, [](auto& item) { item.metadata["x-amz-d"] = base64_encode(Bytes(28)); }, false,
         Verdict::kWrongKey, Verdict::kBadMetadata},
        {"another whole object", Format::kV3,
         [](auto& item) {
             item = test::sealed_item(Format::kV3, "something else altogether");
             overwritten(item);
         },
         false, Verdict::kGood, Verdict::kReplaced},
    };
    return table;
}

TEST(Verdict, TellsApartWhatIsWrongWithAnObject) {
    const crypto::NamedKey right = test::audit_key();
    const crypto::NamedKey wrong = test::audit_key("2026-11", 'w');
    for (const Case& c : cases()) {
        FakeStore::Item item = test::sealed_item(c.format, kPlain);
        const Expectation receipt = receipt_for(item);
        c.damage(item);
        const auto& key = c.wrong_key ? wrong : right;
        const Finding alone = check(item, key);
        EXPECT_EQ(to_string(alone.judgement.verdict), to_string(c.alone)) << c.what << ' ' << to_string(c.format);
        EXPECT_EQ(alone.judgement.explanation.empty(), alone.good());
        const Finding with_receipt = check(item, key, &receipt);
        EXPECT_EQ(to_string(with_receipt.judgement.verdict), to_string(c.with_receipt))
            << c.what << ' ' << to_string(c.format) << " with receipt: " << with_receipt.judgement.explanation;
    }
}

TEST(Verdict, SaysThatAnObjectWasOverwrittenSince) {
    FakeStore::Item item = test::sealed_item(Format::kV3, kPlain);
    const Expectation receipt = receipt_for(item);
    flip(item);
    overwritten(item);
    EXPECT_THAT(check(item, test::audit_key(), &receipt).judgement.explanation, HasSubstr("overwritten since"));
}

TEST(ObjectCheck, DescribesAGoodObject) {
    const Finding finding = check(test::sealed_item(Format::kV3, kPlain), test::audit_key());
    EXPECT_TRUE(finding.good());
    EXPECT_EQ(finding.format, "v3");
    EXPECT_EQ(finding.key_id, "2026-11");
    EXPECT_EQ(finding.plain_bytes, kPlain.size());
    EXPECT_EQ(finding.stored.size, kPlain.size() + 16);
}

TEST(ObjectCheck, TakesTheKeyThatOurOwnMetadataNames) {
    const crypto::NamedKey old = test::audit_key("2025-11", 'o');
    const crypto::NamedKey active = test::audit_key();
    FakeStore store;
    store.items["a.enc"] = test::sealed_item(Format::kOrigin, kPlain, old);
    store.items["a.enc"].metadata["sr-key-id"] = "2025-11";
    StoreSource source{store, {"archive", "a.enc"}};
    const crypto::KeyLookup both = [&](std::string_view id) { return id == "2025-11" ? &old : &active; };
    const auto finding = test::run_task(check_object(source, both, {}));
    ASSERT_TRUE(finding && finding->good());
    EXPECT_EQ(finding->key_id, "2025-11");
    store.items["a.enc"].metadata["sr-key-id"] = "under another name here";
    EXPECT_TRUE(test::run_task(check_object(source, test::only_key(old), {}))->good());
}

TEST(ObjectCheck, FindsThatAnObjectIsMissing) {
    FakeStore store;
    StoreSource source{store, {"archive", "nothing"}};
    const crypto::NamedKey key = test::audit_key();
    const auto finding = test::run_task(check_object(source, test::only_key(key), {}));
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->judgement.verdict, Verdict::kMissing);
}

TEST(ObjectCheck, HandsAStoreThatCannotBeReadOn) {
    FakeStore store;
    store.next_failures = {{.kind = FailureKind::kTransient, .message = "reset"}};
    StoreSource source{store, {"archive", "a.enc"}};
    const crypto::NamedKey key = test::audit_key();
    const auto finding = test::run_task(check_object(source, test::only_key(key), {}));
    ASSERT_FALSE(finding);
    EXPECT_EQ(finding.error().message, "reset");
}

}  // namespace
}  // namespace strongroom::auditor
