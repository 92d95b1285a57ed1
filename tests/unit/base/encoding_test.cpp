#include "shared/base/encoding.hpp"

#include <gtest/gtest.h>

namespace strongroom {
namespace {

TEST(Base64, MatchesRfc4648Vectors) {
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(base64_encode(as_bytes(plain)), encoded);
        const auto decoded = base64_decode(encoded);
        ASSERT_TRUE(decoded) << encoded;
        EXPECT_EQ(as_text(*decoded), plain);
    }
}

TEST(Base64, RefusesWhatIsNotStrict) {
    for (const std::string_view text : {"Zg=", "Zg", "Zh==", "Zm9=", "Z===", "====", "Zm 9", "Zm9v\n", "Zg==Zg=="}) {
        EXPECT_FALSE(base64_decode(text)) << text;
    }
}

TEST(Hex, ReadsBothCasesAndRefusesTheRest) {
    EXPECT_EQ(hex_encode(*hex_decode("00fFA5")), "00ffa5");
    EXPECT_FALSE(hex_decode("0"));
    EXPECT_FALSE(hex_decode("0g"));
}

TEST(PercentEncoding, EncodesAllButUnreserved) {
    EXPECT_EQ(percent_encode("a b/ü%~"), "a%20b%2F%C3%BC%25~");
    EXPECT_EQ(percent_encode("a b/c", true), "a%20b/c");
    EXPECT_EQ(percent_decode("a%20b%2fc"), "a b/c");
    EXPECT_FALSE(percent_decode("%2"));
    EXPECT_FALSE(percent_decode("%zz"));
}

}  // namespace
}  // namespace strongroom
