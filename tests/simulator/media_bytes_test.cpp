#include "tests/simulator/media_bytes.hpp"

#include <string>

#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"

namespace strongroom::simulator {
namespace {

std::string read_all(MediaBytes bytes, std::size_t length, std::size_t most) {
    std::string all;
    while (all.size() < length) all += as_text(bytes.next(std::min(most, length - all.size())));
    return all;
}

std::string keystream(std::uint64_t offset, std::size_t length, std::size_t most) {
    return read_all(MediaBytes{MediaMode::kKeystream, "call-1", 1000, offset}, length, most);
}

// Made with Python's cryptography: AES-256-CTR over zeros, key SHA-256("call-1:1000"), zero IV.
TEST(MediaBytes, KeystreamIsWhatAnIndependentClientComputes) {
    EXPECT_EQ(hex_encode(as_bytes(keystream(0, 16, 16))), "b758f09e5505132e2d3fa36bf9ede7da");
    EXPECT_EQ(hex_encode(as_bytes(keystream(13, 27, 27))), "ede7da1486c803664693d7bc99c9487c18ba60bfb4ed8400d7faf3");
}

TEST(MediaBytes, OffsetsAndPieceSizesDoNotChangeTheBytes) {
    const auto whole = keystream(0, 1000, 1000);
    for (const std::size_t offset : {1U, 15U, 16U, 17U, 500U, 999U}) {
        EXPECT_EQ(keystream(offset, 1000 - offset, 7), whole.substr(offset)) << offset;
    }
}

TEST(MediaBytes, OtherSizesOfAnIdAreOtherBytes) {
    EXPECT_NE(read_all(MediaBytes{MediaMode::kKeystream, "call-1", 1001, 0}, 16, 16), keystream(0, 16, 16));
}

TEST(MediaBytes, PatternRepeatsEveryMebibyte) {
    constexpr std::uint64_t kMebibyte = 1U << 20U;
    const auto start = read_all(MediaBytes{MediaMode::kPattern, "a", 1, 5}, 4096, 100);
    EXPECT_EQ(read_all(MediaBytes{MediaMode::kPattern, "b", 2, kMebibyte + 5}, 4096, 4096), start);
}

}  // namespace
}  // namespace strongroom::simulator
