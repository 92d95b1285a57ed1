#include "shared/crypto/aes_gcm.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"

namespace strongroom::crypto {
namespace {

struct Vector {
    std::string_view key, iv, aad, plain, cipher, tag;
};

// McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 13 to 16 (AES-256).
constexpr std::string_view kZeroKey = "0000000000000000000000000000000000000000000000000000000000000000";
constexpr std::string_view kKey = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
const Vector kVectors[] = {
    {kZeroKey, "000000000000000000000000", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
    {kZeroKey, "000000000000000000000000", "", "00000000000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18",
     "d0d1c8a799996bf0265b98b5d48ab919"},
    {kKey, "cafebabefacedbaddecaf888", "",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
     "b094dac5d93471bdec1a502270e3cc6c"},
    {kKey, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"},
};

template <class Cipher>
Cipher cipher_for(const Vector& vector) {
    const Bytes key = *hex_decode(vector.key);
    const Bytes iv = *hex_decode(vector.iv);
    return Cipher{std::span{key}.first<32>(), std::span{iv}.first<12>(), *hex_decode(vector.aad)};
}

template <class Cipher>
Bytes run(Cipher& cipher, std::span<const std::byte> in, std::size_t chunk) {
    Bytes out(in.size());
    for (std::size_t i = 0; i < in.size(); i += chunk) {
        cipher.update(in.subspan(i, std::min(chunk, in.size() - i)), out.data() + i);
    }
    return out;
}

GcmTag tag_of(const Vector& vector) {
    GcmTag tag;
    std::ranges::copy(*hex_decode(vector.tag), tag.begin());
    return tag;
}

TEST(AesGcm, MatchesThePublishedVectorsHoweverTheStreamIsCut) {
    for (const Vector& vector : kVectors) {
        for (const std::size_t chunk : {1U, 3U, 16U, 17U, 1000U}) {
            auto encryptor = cipher_for<AesGcmEncryptor>(vector);
            EXPECT_EQ(hex_encode(run(encryptor, *hex_decode(vector.plain), chunk)), vector.cipher) << chunk;
            EXPECT_EQ(hex_encode(encryptor.finish()), vector.tag) << chunk;
            auto decryptor = cipher_for<AesGcmDecryptor>(vector);
            EXPECT_EQ(hex_encode(run(decryptor, *hex_decode(vector.cipher), chunk)), vector.plain) << chunk;
            EXPECT_TRUE(decryptor.verify(tag_of(vector))) << chunk;
        }
    }
}

TEST(AesGcm, RefusesAChangedTagBodyOrAdditionalData) {
    const Vector& vector = kVectors[3];
    auto changed_tag = tag_of(vector);
    changed_tag[15] ^= std::byte{1};
    auto decryptor = cipher_for<AesGcmDecryptor>(vector);
    run(decryptor, *hex_decode(vector.cipher), 7);
    EXPECT_FALSE(decryptor.verify(changed_tag));

    Bytes body = *hex_decode(vector.cipher);
    body[20] ^= std::byte{0x80};
    auto second = cipher_for<AesGcmDecryptor>(vector);
    run(second, body, 7);
    EXPECT_FALSE(second.verify(tag_of(vector)));

    Vector other = vector;
    other.aad = "feed";
    auto third = cipher_for<AesGcmDecryptor>(other);
    run(third, *hex_decode(vector.cipher), 7);
    EXPECT_FALSE(third.verify(tag_of(vector)));
}

TEST(AesGcm, WorksInPlace) {
    const Vector& vector = kVectors[2];
    Bytes bytes = *hex_decode(vector.plain);
    auto encryptor = cipher_for<AesGcmEncryptor>(vector);
    encryptor.update(bytes, bytes.data());
    EXPECT_EQ(hex_encode(bytes), vector.cipher);
}

TEST(AesGcm, GoesBackToACheckpoint) {
    const Vector& vector = kVectors[2];
    const Bytes plain = *hex_decode(vector.plain);
    for (const std::size_t at : {0U, 5U, 16U, 40U, 64U}) {
        auto encryptor = cipher_for<AesGcmEncryptor>(vector);
        Bytes cipher(plain.size());
        encryptor.update(std::span{plain}.first(at), cipher.data());
        auto restored = encryptor.checkpoint();
        Bytes lost(plain.size() - at);
        encryptor.update(std::span{plain}.subspan(at), lost.data());
        restored.update(std::span{plain}.subspan(at), cipher.data() + at);
        EXPECT_EQ(hex_encode(cipher), vector.cipher) << at;
        EXPECT_EQ(hex_encode(restored.finish()), vector.tag) << at;
    }
}

TEST(AesGcm, RefusesASecondFinish) {
    auto encryptor = cipher_for<AesGcmEncryptor>(kVectors[1]);
    encryptor.finish();
    EXPECT_THROW(encryptor.finish(), std::runtime_error);
}

}  // namespace
}  // namespace strongroom::crypto
