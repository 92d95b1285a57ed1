#include "shared/genesys/media_reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom::genesys {
namespace {

using std::chrono::milliseconds;

TEST(MediaReply, ReadsWhereTheBytesAre) {
    const auto media = read_media(R"({"id":"5f3a","status":"complete","contentType":"audio/wav","size":1234,)"
                                  R"("startTime":"2026-11-21T09:30:45.013Z","downloadUrl":"https://cdn/x?sig=1"})");
    ASSERT_TRUE(media);
    EXPECT_EQ(media->download_url, "https://cdn/x?sig=1");
    EXPECT_EQ(media->content_type, "audio/wav");
    EXPECT_EQ(media->size, 1'234U);
    EXPECT_EQ(media->started_at, WallTime{milliseconds{1'795'253'445'013}});
}

TEST(MediaReply, BearsWhatIsMissingOrOfAnotherType) {
    const auto bare = read_media(R"({"downloadUrl":"https://cdn/x"})");
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->content_type, "");
    EXPECT_FALSE(bare->size);
    EXPECT_FALSE(bare->started_at);
    const auto odd = read_media(
        R"({"downloadUrl":"https://cdn/x","contentType":7,"size":-1,"fileSize":"12","startTime":"yesterday","status":null})");
    ASSERT_TRUE(odd);
    EXPECT_FALSE(odd->size);
    EXPECT_FALSE(odd->started_at);
    EXPECT_EQ(read_media(R"({"downloadUrl":"u","fileSize":5})")->size, 5U);
    EXPECT_EQ(read_media(R"({"downloadUrl":"u","startTime":1795253445013})")->started_at,
              WallTime{milliseconds{1'795'253'445'013}});
}

TEST(MediaReply, WaitsForWhatIsNotComplete) {
    for (const char* body :
         {R"({"status":"processing","downloadUrl":"u"})", R"({"status":"complete"})",
          R"({"status":"complete","downloadUrl":""})", R"({"status":"complete","downloadUrl":null})", "{}"}) {
        const auto media = read_media(body);
        ASSERT_FALSE(media) << body;
        EXPECT_EQ(media.error().kind, FailureKind::kNotReady) << body;
    }
    EXPECT_THAT(read_media("{\"status\":\"odd\\n" + std::string(99, 'x') + "\"}").error().message,
                testing::AllOf(testing::HasSubstr("odd?xxx"), testing::Not(testing::HasSubstr(std::string(60, 'x')))));
}

TEST(MediaReply, WhatIsNotAnObjectIsTransient) {
    for (const char* body : {"", "<html>login</html>", "[]", "\"x\"", R"({"status":"comp)", "{}x"}) {
        const auto media = read_media(body);
        ASSERT_FALSE(media) << body;
        EXPECT_EQ(media.error().kind, FailureKind::kTransient) << body;
        EXPECT_EQ(media.error().dependency, Dependency::kApi);
    }
}

}  // namespace
}  // namespace strongroom::genesys
