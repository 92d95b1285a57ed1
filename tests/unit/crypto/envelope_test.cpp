#include "shared/crypto/envelope.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"
#include "test_support/fake_time.hpp"

namespace strongroom::crypto {
namespace {

using testing::HasSubstr;

/// Bytes 100 to 131.
NamedKey test_key(std::string id = "2026-11") {
    std::string bytes;
    for (int i = 100; i < 132; ++i) bytes.push_back(static_cast<char>(i));
    return {.id = std::move(id), .bytes = Secret{bytes}};
}

KeyLookup only(const NamedKey& key) {
    return [&key](std::string_view id) { return id.empty() || id == key.id ? &key : nullptr; };
}

Bytes encrypt(Sealed& sealed, std::span<const std::byte> plain, std::size_t chunk) {
    Bytes body(plain.size());
    for (std::size_t i = 0; i < plain.size(); i += chunk) {
        sealed.cipher.update(plain.subspan(i, std::min(chunk, plain.size() - i)), body.data() + i);
    }
    std::ranges::copy(sealed.cipher.finish(), std::back_inserter(body));
    return body;
}

bool opens(Result<AesGcmDecryptor>& cipher, std::span<const std::byte> body, std::string_view plain) {
    Bytes out(body.size() - kTagBytes);
    cipher->update(body.first(out.size()), out.data());
    GcmTag tag;
    std::ranges::copy(body.last<kTagBytes>(), tag.begin());
    return cipher->verify(tag) && as_text(out) == plain;
}

// Computed with Python's hmac and pyca/cryptography from the format's specification.
TEST(EnvelopeV3, WritesWhatAnIndependentWriterWrites) {
    test::CountingRandom random;
    Sealed sealed = seal(Format::kV3, test_key(), random);
    const Metadata expected{
        {"x-amz-c", "115"},
        {"x-amz-w", "02"},
        {"x-amz-3", "PD0+P0BBQkNERUZHNd6QfVAts7uF9b8BDNaqFWSOJLX9T3UKs9T7+XO1rJ84OJlml6mQvp0pDA1PZcXo"},
        {"x-amz-d", "VosJl07PIgE1Pm++NwjXrGG85dMyJBXZ8Kiu5Q=="},
        {"x-amz-i", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ow=="},
        {"x-amz-m", R"({"keyId":"2026-11"})"}};
    EXPECT_EQ(sealed.metadata, expected);
    EXPECT_EQ(hex_encode(encrypt(sealed, as_bytes("a recording"), 4)),
              "9a89ede2ff7d4c80c75a96f1303d96ffa2fa547fffa965a9bd9868");
}

TEST(EnvelopeOrigin, WritesWhatAnIndependentWriterWrites) {
    test::CountingRandom random;
    Sealed sealed = seal(Format::kOrigin, test_key(), random);
    EXPECT_EQ(sealed.metadata, (Metadata{{"encryption", "aes-256-gcm"}, {"iv", "AAECAwQFBgcICQoL"}}));
    EXPECT_EQ(hex_encode(encrypt(sealed, as_bytes("a recording"), 4)),
              "fe8b4a29de22b38df47df9b66ab77acc3f6c8ba53dfbd83e09955e");
}

TEST(Envelope, OpensWhatItSealedInEveryFormatAndChunkSize) {
    const NamedKey key = test_key();
    for (const Format format : {Format::kOrigin, Format::kV3}) {
        for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 4097U}) {
            test::CountingRandom random{7};
            const std::string plain(size, 'p');
            Sealed sealed = seal(format, key, random);
            const Bytes body = encrypt(sealed, as_bytes(plain), 13);
            EXPECT_EQ(body.size(), size + kTagBytes);
            EXPECT_EQ(recognise(sealed.metadata), format);
            auto cipher = open(sealed.metadata, only(key));
            ASSERT_TRUE(cipher) << cipher.error().message;
            EXPECT_TRUE(opens(cipher, body, plain)) << to_string(format) << ' ' << size;
        }
    }
}

TEST(Envelope, NeverUsesADataKeyOrIvTwice) {
    test::CountingRandom random;
    EXPECT_NE(seal(Format::kV3, test_key(), random).metadata.at("x-amz-3"),
              seal(Format::kV3, test_key(), random).metadata.at("x-amz-3"));
    EXPECT_NE(seal(Format::kOrigin, test_key(), random).metadata.at("iv"),
              seal(Format::kOrigin, test_key(), random).metadata.at("iv"));
}

struct Damage {
    Format format;
    std::string field;
    std::optional<std::string> value;  ///< nothing = removed
    Cause cause;
    std::string says;
};

TEST(Envelope, TellsWhichFieldCannotBeUsed) {
    const NamedKey key = test_key();
    const std::string short_base64 = base64_encode(as_bytes("eleven byte"));
    const std::vector<Damage> table{
        {Format::kOrigin, "iv", std::nullopt, Cause::kUnsupported, "iv: missing"},
        {Format::kOrigin, "iv", "not base64!", Cause::kUnsupported, "iv: not base64"},
        {Format::kOrigin, "iv", short_base64, Cause::kUnsupported, "iv: 11 bytes where 12"},
        {Format::kOrigin, "encryption", "aes-128-cbc", Cause::kUnsupported, "encryption: not aes-256-gcm"},
        {Format::kOrigin, "encryption", std::nullopt, Cause::kUnsupported, "not encrypted in a format known"},
        {Format::kV3, "x-amz-c", "116", Cause::kUnsupported, "suite other than 115"},
        {Format::kV3, "x-amz-w", "12", Cause::kUnsupported, "x-amz-w"},
        {Format::kV3, "x-amz-w", std::nullopt, Cause::kUnsupported, "x-amz-w: missing"},
        {Format::kV3, "x-amz-3", std::nullopt, Cause::kUnsupported, "x-amz-3: missing"},
        {Format::kV3, "x-amz-3", short_base64, Cause::kUnsupported, "x-amz-3: 11 bytes where 60"},
        {Format::kV3, "x-amz-i", short_base64, Cause::kUnsupported, "x-amz-i: 11 bytes where 28"},
        {Format::kV3, "x-amz-d", short_base64, Cause::kUnsupported, "x-amz-d: 11 bytes where 28"},
        {Format::kV3, "x-amz-m", "[", Cause::kUnsupported, "x-amz-m: not a JSON object"},
        {Format::kV3, "x-amz-m", "[]", Cause::kUnsupported, "x-amz-m: not a JSON object"},
        {Format::kV3, "x-amz-m", R"({"keyId":7})", Cause::kUnsupported, "keyId is not a string"},
        {Format::kV3, "x-amz-m", R"({"keyId":"2019-01"})", Cause::kWrongKey, "no key named 2019-01"},
        {Format::kV3, "x-amz-m", "{\"keyId\":\"\\u001b[2J\"}", Cause::kWrongKey, "not printable"},
        {Format::kV3, "x-amz-3", base64_encode(Bytes(60)), Cause::kWrongKey, "does not unwrap"},
        {Format::kV3, "x-amz-d", base64_encode(Bytes(28)), Cause::kWrongKey, "commitment"},
        {Format::kV3, "x-amz-i", base64_encode(Bytes(28)), Cause::kWrongKey, "commitment"},
    };
    for (const Damage& damage : table) {
        test::CountingRandom random;
        Metadata metadata = seal(damage.format, key, random).metadata;
        metadata.erase(damage.field);
        if (damage.value) metadata[damage.field] = *damage.value;
        const auto cipher = open(metadata, only(key));
        ASSERT_FALSE(cipher) << damage.says;
        EXPECT_EQ(cipher.error().kind, FailureKind::kPermanent);
        EXPECT_EQ(cipher.error().cause, damage.cause) << damage.says;
        EXPECT_THAT(cipher.error().message, HasSubstr(damage.says));
    }
}

TEST(EnvelopeV3, FindsAWrongKeyBeforeTheBody) {
    test::CountingRandom random;
    const Metadata metadata = seal(Format::kV3, test_key(), random).metadata;
    const NamedKey other{.id = "2026-11", .bytes = Secret{std::string(32, 'k')}};
    const auto cipher = open(metadata, only(other));
    ASSERT_FALSE(cipher);
    EXPECT_EQ(cipher.error().cause, Cause::kWrongKey);
}

TEST(EnvelopeV3, TakesTheDefaultKeyWhenTheObjectNamesNone) {
    const NamedKey key = test_key();
    test::CountingRandom random;
    Metadata metadata = seal(Format::kV3, key, random).metadata;
    metadata.erase("x-amz-m");
    EXPECT_TRUE(open(metadata, only(key)));
    metadata["x-amz-m"] = "{}";
    EXPECT_TRUE(open(metadata, only(key)));
    EXPECT_FALSE(open(metadata, [](std::string_view) { return static_cast<const NamedKey*>(nullptr); }));
}

TEST(EnvelopeOrigin, FindsAWrongKeyOnlyByTheTag) {
    test::CountingRandom random;
    Sealed sealed = seal(Format::kOrigin, test_key(), random);
    const Bytes body = encrypt(sealed, as_bytes("a recording"), 4);
    const NamedKey other{.id = "other", .bytes = Secret{std::string(32, 'k')}};
    auto cipher = open(sealed.metadata, only(other));
    ASSERT_TRUE(cipher);
    EXPECT_FALSE(opens(cipher, body, "a recording"));
}

TEST(Envelope, SaysThatOlderClientsObjectsAreNotRead) {
    const NamedKey key = test_key();
    const auto cipher = open({{"x-amz-key-v2", "AA=="}, {"x-amz-iv", "AA=="}}, only(key));
    ASSERT_FALSE(cipher);
    EXPECT_THAT(cipher.error().message, HasSubstr("before V3"));
}

TEST(Envelope, RefusesToSealUnderAKeyOfTheWrongLength) {
    test::CountingRandom random;
    EXPECT_THROW(seal(Format::kV3, {.id = "short", .bytes = Secret{"x"}}, random), std::invalid_argument);
}

TEST(Envelope, EscapesAKeyIdInTheMaterialDescription) {
    const NamedKey key = test_key(R"(a"b\c)");
    test::CountingRandom random;
    const Metadata metadata = seal(Format::kV3, key, random).metadata;
    EXPECT_EQ(metadata.at("x-amz-m"), R"({"keyId":"a\"b\\c"})");
    EXPECT_TRUE(open(metadata, only(key)));
}

TEST(Format, HasStableNames) {
    for (const Format format : {Format::kOrigin, Format::kV3}) EXPECT_EQ(parse_format(to_string(format)), format);
    EXPECT_FALSE(parse_format("v1"));
}

}  // namespace
}  // namespace strongroom::crypto
