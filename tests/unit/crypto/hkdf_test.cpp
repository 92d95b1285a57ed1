#include "shared/crypto/hkdf.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"

namespace strongroom::crypto {
namespace {

template <class Array>
Array array_of(std::string_view hex) {
    Array array;
    std::ranges::copy(*hex_decode(hex), array.begin());
    return array;
}

// aws/amazon-s3-encryption-client-go, v4/internal/key_derivation_test.go.
TEST(CommittedKeys, MatchTheOfficialClientsAnswers) {
    struct Answer {
        std::string_view data_key, message_id, encryption_key, commitment;
    };
    for (const Answer& answer : {Answer{"80d90dc4cc7e77d8a6332efa44eba56230a7fe7b89af37d1e501ab2e07c0a163",
                                        "b8ea76bed24c7b85382a148cb9dcd1cfdfb765f55ded4dfa6e0c4c79",
                                        "6dd14f546cc006e639126e83f5d4d1b118576bb5df97f38c6fb3a1db87bbc338",
                                        "f89818bc0a346d3a3426b68e9509b6b2ae5fe1f904aa329fb73625db"},
                                 Answer{"501afb8227d22e75e68010414b8abdaf3064c081e8e922dafef4992036394d60",
                                        "61a00b4981a5aacfd136c55cb726e32d2a547dc7600a7d4675c69127",
                                        "e14786a714748d1d2c3a4a6816dec56ddf1881bbeabb4f39420ffb9f63700b2f",
                                        "5c1e73e47f6fe3a70d6d094283aceaa76d2975feb829212d88f0afc1"}}) {
        const CommittedKeys keys{array_of<DataKey>(answer.data_key), array_of<MessageId>(answer.message_id)};
        EXPECT_EQ(hex_encode(keys.encryption_key()), answer.encryption_key);
        EXPECT_EQ(hex_encode(keys.commitment()), answer.commitment);
    }
}

// RFC 5869 test case 1's input under SHA-512, two blocks long; the answer is pyca/cryptography's.
TEST(Hkdf, FillsMoreThanOneBlock) {
    const Bytes salt = *hex_decode("000102030405060708090a0b0c");
    const Bytes info = *hex_decode("f0f1f2f3f4f5f6f7f8f9");
    const std::string key_material(22, '\x0b');
    Bytes out(100);
    hkdf_expand(hkdf_extract(salt, as_bytes(key_material)), info, out);
    EXPECT_EQ(hex_encode(out),
              "832390086cda71fb47625bb5ceb168e4c8e26a1a16ed34d9fc7fe92c1481579338da362cb8d9f925d7cbcce0dff70987"
              "69cf15959867d571c1715450cb530137be3fb62f3cf32b84feba8f1eb1b563e20d9749b8640b8264c4b69b14ad519911"
              "5e1d609c");
}

TEST(Hkdf, RefusesMoreThanItCanGive) {
    Bytes out(255U * 64U + 1U);
    EXPECT_THROW(hkdf_expand(Sha512Digest{}, {}, out), std::invalid_argument);
}

}  // namespace
}  // namespace strongroom::crypto
