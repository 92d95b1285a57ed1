#include "shared/redis/resp_codec.hpp"

#include <gtest/gtest.h>

#include "shared/base/encoding.hpp"

namespace strongroom::redis {
namespace {

/// All replies in `bytes`, fed `step` bytes at a time.
std::vector<Incoming> read_all(std::string_view bytes, std::size_t step) {
    ReplyReader reader{1'000};
    std::vector<Incoming> replies;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        EXPECT_TRUE(reader.feed(as_bytes(bytes.substr(at, step))));
        for (;;) {
            auto next = reader.next();
            if (!next) throw std::runtime_error(next.error().message);
            if (!next->has_value()) break;
            replies.push_back(std::move(**next));
        }
    }
    return replies;
}

TEST(RespCodec, EncodesCommandsAsArraysOfBulkStrings) {
    EXPECT_EQ(encode_command({"PING"}), "*1\r\n$4\r\nPING\r\n");
    EXPECT_EQ(encode_command({"SET", "k", std::string("a\0\r\n", 4)}),
              std::string("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\na\0\r\n\r\n", 30));
    EXPECT_EQ(encode_command({"ECHO", ""}), "*2\r\n$4\r\nECHO\r\n$0\r\n\r\n");
}

TEST(RespCodec, ReadsEveryTypeHoweverTheBytesAreCut) {
    const std::string_view bytes =
        "+OK\r\n:-42\r\n$5\r\nab\r\nc\r\n$-1\r\n*-1\r\n*2\r\n$1\r\nx\r\n*1\r\n:7\r\n-NOSCRIPT none\r\n";
    for (const std::size_t step : {std::size_t{1}, std::size_t{3}, bytes.size()}) {
        const auto replies = read_all(bytes, step);
        ASSERT_EQ(replies.size(), 7U) << step;
        EXPECT_EQ(*std::get<Reply>(replies[0]).text(), "OK");
        EXPECT_EQ(*std::get<Reply>(replies[1]).integer(), -42);
        EXPECT_EQ(*std::get<Reply>(replies[2]).text(), "ab\r\nc");
        EXPECT_TRUE(std::get<Reply>(replies[3]).is_nil());
        EXPECT_TRUE(std::get<Reply>(replies[4]).is_nil());
        const Reply::Array& array = *std::get<Reply>(replies[5]).array();
        EXPECT_EQ(*array.at(0).text(), "x");
        EXPECT_EQ(*array.at(1).array()->at(0).integer(), 7);
        EXPECT_EQ(std::get<ErrorReply>(replies[6]).text, "NOSCRIPT none");
    }
}

TEST(RespCodec, AnErrorInsideAnArrayIsAnError) {
    const auto replies = read_all("*2\r\n:1\r\n-ERR inside\r\n", 100);
    EXPECT_EQ(std::get<ErrorReply>(replies.at(0)).text, "ERR inside");
}

TEST(RespCodec, RefusesWhatIsNotResp2) {
    ReplyReader reader{1'000};
    ASSERT_TRUE(reader.feed(as_bytes("HTTP/1.1 400 Bad Request\r\n")));
    const auto next = reader.next();
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().kind, FailureKind::kTransient);
    EXPECT_EQ(next.error().cause, Cause::kCorrupt);
}

TEST(RespCodec, RefusesAReplyBeyondTheLimitButNotManySmallOnes) {
    ReplyReader reader{16};
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(reader.feed(as_bytes("$5\r\nhello\r\n")));
        ASSERT_TRUE(reader.next()->has_value());
    }
    ASSERT_TRUE(reader.feed(as_bytes("$100\r\nhello")));
    ASSERT_FALSE(reader.next()->has_value());
    EXPECT_EQ(reader.feed(as_bytes("world, and more")).error().cause, Cause::kTooLarge);
}

}  // namespace
}  // namespace strongroom::redis
