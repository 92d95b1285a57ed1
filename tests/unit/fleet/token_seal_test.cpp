#include "shared/fleet/token_seal.hpp"

#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"
#include "test_support/fake_time.hpp"

namespace strongroom::fleet {
namespace {

const Secret kKey{std::string(32, 'k')};
const Secret kToken{"bearer-token"};

TEST(TokenSeal, OpensWhatItSealed) {
    test::CountingRandom random;
    const std::string sealed = seal_text(kKey, kToken, "client/1", random);
    EXPECT_EQ(unseal_text(kKey, sealed, "client/1").value(), kToken);
    EXPECT_EQ(unseal_text(kKey, seal_text(kKey, Secret{}, "", random), "").value(), Secret{});
}

TEST(TokenSeal, ShowsNothingAndNeverRepeats) {
    test::CountingRandom random;
    const std::string first = seal_text(kKey, kToken, "c", random);
    EXPECT_NE(first, seal_text(kKey, kToken, "c", random));
    const auto bytes = base64_decode(first).value();
    EXPECT_EQ(bytes.size(), 12 + kToken.reveal().size() + 16);
    EXPECT_EQ(as_text(bytes).find("bearer"), std::string_view::npos);
}

TEST(TokenSeal, OpensOnlyWithTheSameKeyContextAndText) {
    test::CountingRandom random;
    const std::string sealed = seal_text(kKey, kToken, "client/1", random);
    Bytes changed = base64_decode(sealed).value();
    changed[13] ^= std::byte{1};
    const Secret other_key{std::string(32, 'x')};
    for (const auto& opened : {
             unseal_text(other_key, sealed, "client/1"),
             unseal_text(kKey, sealed, "client/2"),
             unseal_text(kKey, base64_encode(changed), "client/1"),
             unseal_text(kKey, "", "client/1"),
             unseal_text(kKey, "not base64!", "client/1"),
             unseal_text(kKey, base64_encode(Bytes(27)), "client/1"),
         }) {
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().cause, Cause::kWrongKey);
        EXPECT_EQ(opened.error().kind, FailureKind::kTransient);
    }
}

TEST(TokenSeal, InsistsOnA256BitKey) {
    test::CountingRandom random;
    EXPECT_THROW(seal_text(Secret{"short"}, kToken, "", random), std::invalid_argument);
}

}  // namespace
}  // namespace strongroom::fleet
