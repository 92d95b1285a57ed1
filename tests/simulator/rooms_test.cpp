#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "tests/simulator/byte_range.hpp"
#include "tests/simulator/faults.hpp"
#include "tests/simulator/interactions.hpp"
#include "tests/simulator/journal.hpp"
#include "tests/simulator/media_catalog.hpp"
#include "tests/simulator/rate_limit.hpp"
#include "tests/simulator/reply_body.hpp"
#include "tests/simulator/reply_head.hpp"
#include "tests/simulator/route.hpp"
#include "tests/unit/test_support/fake_time.hpp"

namespace strongroom::simulator {
namespace {

TEST(ByteRange, ReadsOneRangeAndTakesTheRestForTheWhole) {
    using Kind = ByteRange::Kind;
    const std::vector<std::tuple<std::string, Kind, std::uint64_t, std::uint64_t>> cases{
        {"bytes=0-9", Kind::kPart, 0, 10},        {"bytes=90-", Kind::kPart, 90, 10},
        {"bytes=-5", Kind::kPart, 95, 5},         {"bytes=-500", Kind::kPart, 0, 100},
        {"bytes=90-1000", Kind::kPart, 90, 10},   {"bytes=100-", Kind::kUnsatisfiable, 0, 0},
        {"bytes=-0", Kind::kUnsatisfiable, 0, 0}, {"", Kind::kWhole, 0, 100},
        {"bytes=9-1", Kind::kWhole, 0, 100},      {"bytes=1-2,5-6", Kind::kWhole, 0, 100},
        {"bytes=-", Kind::kWhole, 0, 100},        {"items=1-2", Kind::kWhole, 0, 100}};
    for (const auto& [header, kind, first, length] : cases) {
        const auto range = parse_range(header, 100);
        EXPECT_EQ(range.kind, kind) << header;
        EXPECT_EQ(range.first, first) << header;
        EXPECT_EQ(range.length, length) << header;
    }
}

TEST(Route, DecodesIdsAndRefusesWhatIsNotOne) {
    EXPECT_EQ(match_route("/api/v2/media/a%2Fb%20c").id, "a/b c");
    EXPECT_EQ(match_route("/download/x").route, Route::kDownload);
    EXPECT_EQ(match_route("/control/journal/counts").id, "journal/counts");
    for (const auto* path : {"/", "/api/v2/media/", "/api/v2/media/a/b", "/api/v2/media/%zz", "/api/v2/other/x"}) {
        EXPECT_EQ(match_route(path).route, Route::kUnknown) << path;
    }
}

TEST(Route, ReadsFormValues) {
    EXPECT_EQ(form_value("a=1&scope=x+y%3Az&b", "scope"), "x y:z");
    EXPECT_EQ(form_value("a=1&b", "b"), "");
    EXPECT_EQ(form_value("a=1", "b"), std::nullopt);
}

TEST(MediaCatalog, ReadsSizeAndTypeOffTheId) {
    const MediaCatalog catalog;
    EXPECT_EQ(catalog.find("plain").size, 4096U);
    EXPECT_EQ(catalog.find("call-7-s65536").size, 65536U);
    EXPECT_EQ(catalog.find("call-7-tmp3-s0").size, 0U);
    EXPECT_EQ(catalog.find("call-7-tmp3-s0").content_type, "audio/mpeg");
    EXPECT_EQ(catalog.find("call-s12x").size, 4096U);
}

TEST(MediaCatalog, OverridesReplaceAndTypingErrorsAreTold) {
    MediaCatalog catalog;
    EXPECT_EQ(catalog.override_with("a", {{"size", 7}, {"etag", false}}), "");
    EXPECT_EQ(catalog.find("a").size, 7U);
    EXPECT_EQ(entity_tag("a", catalog.find("a")), "");
    EXPECT_EQ(catalog.override_with("a", {{"sise", 8}}), "sise: unknown field");
    EXPECT_EQ(catalog.find("a").size, 7U);
    EXPECT_NE(catalog.override_with("a", {{"size", -1}}), "");
}

TEST(Faults, ApplyInOrderAndThenAreUsedUp) {
    int lifted = 0;
    Faults faults{[&lifted] { ++lifted; }};
    faults.add({.route = Route::kMedia, .id = "a", .times = 2, .status = 503});
    faults.add({.route = Route::kMedia, .status = 429});
    std::vector<int> seen;
    for (int i = 0; i < 4; ++i) {
        const auto fault = faults.take(Route::kMedia, "a", "GET");
        seen.push_back(fault ? fault->status : 0);
    }
    EXPECT_EQ(seen, (std::vector{503, 503, 429, 0}));
    EXPECT_FALSE(faults.take(Route::kDownload, "a", "GET"));
    EXPECT_EQ(lifted, 0);
    faults.clear();
    EXPECT_EQ(lifted, 1);
}

TEST(Faults, ZeroTimesIsForEverAndAMethodNarrows) {
    Faults faults{[] {}};
    faults.add({.route = Route::kInteractions, .method = "PATCH", .times = 0, .status = 404});
    EXPECT_FALSE(faults.take(Route::kInteractions, "i", "GET"));
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(faults.take(Route::kInteractions, "i", "PATCH"));
}

TEST(Journal, CountsGoOnWhenEntriesAreDropped) {
    Journal journal{{.entries = 2}};
    for (int i = 0; i < 5; ++i) journal.add({.route = Route::kMedia, .method = "GET", .id = "a"});
    const auto list = journal.list({.route = "media", .id = "a"});
    EXPECT_EQ(list.at("total").to_number<int>(), 5);
    EXPECT_EQ(list.at("requests").as_array().size(), 2U);
    EXPECT_EQ(journal.counts({}).at("media").at("a").to_number<int>(), 5);
    EXPECT_EQ(journal.list({.after = 4}).at("total").to_number<int>(), 1);
}

TEST(Interactions, MergeKeepsWhatIsNotNamedAndRemovesNulls) {
    Interactions interactions{2};
    interactions.merge("a", {{"x", "1"}, {"y", "2"}});
    interactions.merge("a", {{"y", "3"}, {"x", nullptr}});
    EXPECT_EQ(interactions.metadata("a"), (boost::json::object{{"y", "3"}}));
    interactions.merge("b", {});
    interactions.merge("c", {});
    EXPECT_TRUE(interactions.metadata("a").empty());
}

TEST(RateLimit, CountsAFixedWindowPerToken) {
    test::FakeTime time;
    RateLimit limit{time, 2};
    limit.count("a");
    EXPECT_FALSE(limit.count("a").exceeded());
    time.advance(std::chrono::milliseconds{30'500});
    const auto third = limit.count("a");
    EXPECT_TRUE(third.exceeded());
    EXPECT_EQ(third.reset, std::chrono::seconds{30});
    EXPECT_FALSE(limit.count("b").exceeded());
    time.advance(std::chrono::seconds{30});
    EXPECT_EQ(limit.count("a").count, 1U);
}

TEST(ReplyBody, InvertsExactlyTheByteThatAFaultNames) {
    const Reply reply{.text = "abcdef"};
    ReplyBody body{reply, MediaMode::kKeystream, 3};
    std::string all;
    while (body.left() != 0) {
        for (const auto byte : body.next(2)) all.push_back(static_cast<char>(byte));
    }
    EXPECT_EQ(all, std::string{"abc"} + static_cast<char>('d' ^ 0xFF) + "ef");
}

TEST(ReplyHead, DeclaresWhatItIsToldTo) {
    EXPECT_EQ(format_head({.status = 206, .content_type = "a/b", .headers = "X: y\r\n"}, 7, true),
              "HTTP/1.1 206 Partial Content\r\nContent-Type: a/b\r\nContent-Length: 7\r\nX: y\r\n\r\n");
    EXPECT_EQ(format_head({.content_type = "a/b", .chunked = true}, 7, false),
              "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
}

}  // namespace
}  // namespace strongroom::simulator
