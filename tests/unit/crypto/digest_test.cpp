#include "shared/crypto/digest.hpp"

#include <string>

#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"

namespace strongroom::crypto {
namespace {

// FIPS 180-4 examples.
TEST(Sha1, MatchesThePublishedAnswer) {
    EXPECT_EQ(hex_encode(sha1(as_bytes("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(Sha256, MatchesThePublishedAnswers) {
    EXPECT_EQ(hex_encode(sha256(as_bytes(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex_encode(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex_encode(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, GivesTheSameDigestHoweverTheStreamIsCut) {
    const std::string text(1'000, 'x');
    for (const std::size_t chunk : {1U, 7U, 64U, 999U}) {
        Sha256 hash;
        for (std::size_t i = 0; i < text.size(); i += chunk)
            hash.update(as_bytes(std::string_view{text}.substr(i, chunk)));
        EXPECT_EQ(hash.finish(), sha256(as_bytes(text))) << chunk;
    }
}

// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
TEST(Hmac, MatchesRfc4231) {
    const std::string key1(20, '\x0b');
    EXPECT_EQ(hex_encode(hmac_sha256(as_bytes(key1), as_bytes("Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex_encode(hmac_sha512(as_bytes(key1), as_bytes("Hi There"))),
              "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
              "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
    EXPECT_EQ(hex_encode(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    const std::string key6(131, '\xaa');
    EXPECT_EQ(
        hex_encode(hmac_sha256(as_bytes(key6), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, TakesAnEmptyKeyAndAnEmptyText) {
    EXPECT_EQ(hex_encode(hmac_sha256({}, {})), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

// The check value of the CRC catalogue, and RFC 3720 appendix B.4.
TEST(Crc32c, MatchesThePublishedAnswers) {
    const auto sum = [](std::string_view text) {
        Crc32c crc;
        crc.update(as_bytes(text));
        return crc.value();
    };
    EXPECT_EQ(sum("123456789"), 0xE3069283U);
    EXPECT_EQ(sum(""), 0U);
    EXPECT_EQ(sum(std::string(32, '\0')), 0x8A9136AAU);
    EXPECT_EQ(sum(std::string(32, '\xff')), 0x62A8AB43U);
}

TEST(Crc32c, IsWrittenAsS3WritesIt) {
    Crc32c crc;
    crc.update(as_bytes("123456789"));
    EXPECT_EQ(crc.base64(), "4waSgw==");
    EXPECT_EQ(parse_crc32c(crc.base64()), 0xE3069283U);
    EXPECT_FALSE(parse_crc32c("4waSgw==-2"));
    EXPECT_FALSE(parse_crc32c(""));
    EXPECT_FALSE(parse_crc32c("AAAA"));
}

TEST(Crc32c, GoesBackToACopy) {
    Crc32c crc;
    crc.update(as_bytes("12345"));
    const Crc32c checkpoint = crc;
    crc.update(as_bytes("wrong"));
    crc = checkpoint;
    crc.update(as_bytes("6789"));
    EXPECT_EQ(crc.value(), 0xE3069283U);
}

TEST(EqualInConstantTime, ComparesContentAndLength) {
    EXPECT_TRUE(equal_in_constant_time(as_bytes("abc"), as_bytes("abc")));
    EXPECT_FALSE(equal_in_constant_time(as_bytes("abc"), as_bytes("abd")));
    EXPECT_FALSE(equal_in_constant_time(as_bytes("abc"), as_bytes("ab")));
    EXPECT_TRUE(equal_in_constant_time({}, {}));
}

}  // namespace
}  // namespace strongroom::crypto
