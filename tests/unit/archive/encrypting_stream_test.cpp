#include "worker/archive/encrypting_stream.hpp"

#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"

namespace strongroom::archive {
namespace {

using Accept = http::ByteSink::Accept;
using ReadState = http::ByteSource::Read::State;

constexpr std::array<std::byte, 32> kKey{};
constexpr std::array<std::byte, 12> kIv{};

class EncryptingStreamTest : public ::testing::Test {
  protected:
    EncryptingStreamTest() {
        stream.on_wake_producer([this] { ++producer_woken; });
        stream.on_wake_consumer([this] { ++consumer_woken; });
    }
    http::ByteSource::Read read(std::size_t most) {
        buffer.resize(most);
        return stream.read(std::as_writable_bytes(std::span{buffer}));
    }

    RingPool pool{1024};
    EncryptingStream stream{crypto::AesGcmEncryptor{kKey, kIv}, pool.take()};
    std::string buffer;
    int producer_woken = 0;
    int consumer_woken = 0;
};

TEST_F(EncryptingStreamTest, PausesAndWakesEitherSide) {
    EXPECT_EQ(read(10).state, ReadState::kPause);
    EXPECT_EQ(stream.accept(as_bytes(std::string(1000, 'a'))), Accept::kTaken);
    EXPECT_EQ(consumer_woken, 1);
    EXPECT_EQ(stream.accept(as_bytes(std::string(100, 'b'))), Accept::kPause);
    EXPECT_EQ(read(50).count, 50U);
    EXPECT_EQ(producer_woken, 0) << "not before the paused bytes fit";
    EXPECT_EQ(read(50).count, 50U);
    EXPECT_EQ(producer_woken, 1);
    EXPECT_EQ(stream.accept(as_bytes(std::string(100, 'b'))), Accept::kTaken);
    EXPECT_EQ(stream.plain_bytes(), 1100U);
}

TEST_F(EncryptingStreamTest, GivesTheTagOnlyAfterFinish) {
    EXPECT_EQ(stream.accept(as_bytes("abc")), Accept::kTaken);
    EXPECT_EQ(read(100).count, 3U);
    EXPECT_EQ(read(100).state, ReadState::kPause);
    stream.finish();
    EXPECT_EQ(consumer_woken, 1);
    EXPECT_EQ(read(10).count, 10U);
    EXPECT_EQ(read(10).count, 6U);
    EXPECT_EQ(read(10).state, ReadState::kEnd);
}

TEST_F(EncryptingStreamTest, AbandonEndsBothSides) {
    EXPECT_EQ(read(10).state, ReadState::kPause);
    stream.abandon();
    EXPECT_EQ(consumer_woken, 1);
    EXPECT_EQ(read(10).state, ReadState::kAbort);
    EXPECT_EQ(stream.accept(as_bytes("abc")), Accept::kAbort);
    stream.finish();
    EXPECT_EQ(read(10).state, ReadState::kAbort);
}

TEST_F(EncryptingStreamTest, AbortsABodyBeyondItsLength) {
    stream.expect(3);
    EXPECT_EQ(stream.accept(as_bytes("abc")), Accept::kTaken);
    EXPECT_FALSE(stream.overran());
    EXPECT_EQ(stream.accept(as_bytes("d")), Accept::kAbort);
    EXPECT_TRUE(stream.overran());
}

}  // namespace
}  // namespace strongroom::archive
