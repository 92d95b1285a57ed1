#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "shared/http/curl_loop.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"
#include "test_support/scripted_server.hpp"

namespace strongroom::http {
namespace {

using test::hang;
using test::read_bytes;
using test::read_head;
using test::ScriptedServer;
using test::send;
using test::send_response;

/// Takes up to `room` bytes, then pauses until it is given more.
class TextSink final : public ByteSink {
  public:
    explicit TextSink(std::size_t room = 1U << 30U) : room_{room} {}
    Accept accept(std::span<const std::byte> bytes) override {
        if (refuse) return Accept::kAbort;
        if (text.size() + bytes.size() > room_) {
            ++pauses;
            return Accept::kPause;
        }
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return Accept::kTaken;
    }
    void give_room(std::size_t room) {
        room_ += room;
        wake_producer();
    }
    std::string text;
    int pauses = 0;
    bool refuse = false;

  private:
    std::size_t room_;
};

/// Gives what it was handed; pauses where there is none, ends when told.
class TextSource final : public ByteSource {
  public:
    explicit TextSource(std::string text) : text_{std::move(text)} {}
    Read read(std::span<std::byte> buffer) override {
        ++reads;
        if (abort) return {Read::State::kAbort};
        if (text_.empty()) return {ended ? Read::State::kEnd : Read::State::kPause};
        const std::size_t count = std::min(buffer.size(), text_.size());
        std::memcpy(buffer.data(), text_.data(), count);
        text_.erase(0, count);
        return {Read::State::kBytes, count};
    }
    void append(const std::string& more) {
        text_ += more;
        wake_consumer();
    }
    int reads = 0;
    bool ended = false;
    bool abort = false;

  private:
    std::string text_;
};

struct CurlStreamTest : testing::Test {
    Result<> done(Exchange& exchange) { return test::run_task(context, exchange.done()); }
    Result<ResponseHead> head(Exchange& exchange) { return test::run_task(context, exchange.head()); }

    boost::asio::io_context context{1};
    test::FakeTime time;
    CurlLoop loop{context.get_executor(), time, {.watch_interval = std::chrono::milliseconds{1}}};
};

const std::string kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

TEST_F(CurlStreamTest, ADownloadGoesToItsSink) {
    const std::string body(100'000, 'b');
    ScriptedServer server{context, {{read_head(), send_response("200 OK", body)}}};
    TextSink sink;
    const auto exchange = loop.download({.url = server.url("/")}, sink);
    EXPECT_EQ(head(*exchange)->content_length, body.size());
    EXPECT_TRUE(done(*exchange));
    EXPECT_EQ(sink.text, body);
    EXPECT_EQ(exchange->moved(), body.size());
}

TEST_F(CurlStreamTest, APausedDownloadWaitsForItsSink) {
    const std::string body(400'000, 'b');
    ScriptedServer server{context, {{read_head(), send_response("200 OK", body)}}};
    TextSink sink{50'000};
    const auto exchange = loop.download({.url = server.url("/")}, sink);
    while (sink.pauses == 0) context.run_one();
    EXPECT_LE(sink.text.size(), 50'000U);
    for (int round = 0; round < 4; ++round) sink.give_room(100'000);
    EXPECT_TRUE(done(*exchange));
    EXPECT_EQ(sink.text, body);
    sink.give_room(1);  // the exchange is over: nobody listens
}

TEST_F(CurlStreamTest, AnErrorsBodyDoesNotReachTheSink) {
    ScriptedServer server{context, {{read_head(), send_response("403 Forbidden", "<Error/>")}}};
    TextSink sink;
    const auto exchange = loop.download({.url = server.url("/")}, sink);
    EXPECT_EQ(head(*exchange)->status, 403);
    EXPECT_TRUE(done(*exchange));
    EXPECT_EQ(exchange->body(), "<Error/>");
    EXPECT_TRUE(sink.text.empty());
}

TEST_F(CurlStreamTest, ACutDownloadIsTruncated) {
    ScriptedServer server{context,
                          {{read_head(), send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")},
                           {read_head(), send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")}}};
    for (int i = 0; i < 2; ++i) {
        TextSink sink;
        const auto exchange = loop.download({.url = server.url("/")}, sink);
        const Result<> result = done(*exchange);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().cause, Cause::kTruncated) << describe(result.error());
        EXPECT_EQ(result.error().kind, FailureKind::kTransient);
        EXPECT_EQ(sink.text, "half");
    }
}

TEST_F(CurlStreamTest, BytesBeyondTheContentLengthAreNotSeen) {
    ScriptedServer server{context, {{read_head(), send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more")}}};
    TextSink sink;
    const auto exchange = loop.download({.url = server.url("/")}, sink);
    EXPECT_TRUE(done(*exchange));
    EXPECT_EQ(sink.text, "four");
}

TEST_F(CurlStreamTest, ASinkCanEndADownload) {
    ScriptedServer server{context, {{read_head(), send_response("200 OK", "body"), hang()}}};
    TextSink sink;
    sink.refuse = true;
    const auto exchange = loop.download({.url = server.url("/")}, sink);
    EXPECT_EQ(done(*exchange).error().cause, Cause::kCancelled);
}

TEST_F(CurlStreamTest, AStreamWithoutProgressStalls) {
    ScriptedServer server{context, {{read_head(), send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), hang()}}};
    TextSink sink;
    const auto exchange = loop.download({.url = server.url("/?secret=1")}, sink);
    while (sink.text.empty()) context.run_one();
    time.advance(std::chrono::seconds{31});
    // The first look sees the four bytes and starts the clock.
    for (int turns = 0; turns < 4; ++turns) context.run_one();
    time.advance(std::chrono::seconds{31});
    const Result<> result = done(*exchange);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().cause, Cause::kTimeout);
    EXPECT_TRUE(result.error().message.ends_with("/: no byte moved for 30s after 4 bytes")) << result.error().message;
}

TEST_F(CurlStreamTest, AnUploadAsksFirstAndSendsItsSource) {
    ScriptedServer server{
        context, {{read_head(), send(kContinue), read_bytes(10), send_response("200 OK", "ok", "ETag: \"e\"\r\n")}}};
    TextSource source{"01234"};
    const auto exchange = loop.upload({.method = "PUT", .url = server.url("/")}, 10, source);
    while (source.reads < 2) context.run_one();
    source.append("56789 and what is beyond the length");
    EXPECT_EQ(head(*exchange)->headers.find("etag"), "\"e\"");
    EXPECT_TRUE(done(*exchange));
    EXPECT_EQ(server.received(), "0123456789");
    EXPECT_EQ(exchange->body(), "ok");
    EXPECT_EQ(exchange->moved(), 10U);
    EXPECT_NE(server.heads().at(0).find("Expect: 100-continue\r\n"), std::string::npos);
    EXPECT_NE(server.heads().at(0).find("Content-Length: 10\r\n"), std::string::npos);
}

TEST_F(CurlStreamTest, AnEmptyUploadDoesNotAsk) {
    ScriptedServer server{context, {{read_head(), send_response("200 OK")}}};
    TextSource source{""};
    const auto exchange = loop.upload({.method = "PUT", .url = server.url("/")}, 0, source);
    EXPECT_TRUE(done(*exchange));
    EXPECT_EQ(server.heads().at(0).find("Expect"), std::string::npos);
    EXPECT_NE(server.heads().at(0).find("Content-Length: 0\r\n"), std::string::npos);
}

TEST_F(CurlStreamTest, ARefusalBeforeTheBodyConsumesNothing) {
    ScriptedServer server{context, {{read_head(), send_response("503 Slow Down", "<Error/>")}}};
    TextSource source{"0123456789"};
    const auto exchange = loop.upload({.method = "PUT", .url = server.url("/")}, 10, source);
    EXPECT_EQ(head(*exchange)->status, 503);
    EXPECT_TRUE(done(*exchange));
    EXPECT_EQ(exchange->body(), "<Error/>");
    EXPECT_EQ(exchange->moved(), 0U);
    EXPECT_EQ(source.reads, 0);
}

TEST_F(CurlStreamTest, ARefusalInTheMiddleEndsAnUploadThatIsPaused) {
    ScriptedServer server{
        context, {{read_head(), send(kContinue), read_bytes(5), send_response("503 Slow Down", "<Error/>"), hang()}}};
    TextSource source{"01234"};
    const auto exchange = loop.upload({.method = "PUT", .url = server.url("/")}, 10, source);
    EXPECT_EQ(head(*exchange)->status, 503);
    EXPECT_TRUE(done(*exchange));
    EXPECT_EQ(exchange->body(), "<Error/>");
}

TEST_F(CurlStreamTest, AnUploadWhoseSourceEndsEarlyFails) {
    ScriptedServer server{context, {{read_head(), send(kContinue), hang()}, {read_head(), send(kContinue), hang()}}};
    for (const bool aborts : {false, true}) {
        TextSource source{""};
        source.ended = true;
        source.abort = aborts;
        const auto exchange = loop.upload({.method = "PUT", .url = server.url("/")}, 10, source);
        EXPECT_EQ(done(*exchange).error().cause, aborts ? Cause::kCancelled : Cause::kTruncated);
    }
}

TEST_F(CurlStreamTest, AStaleConnectionIsReplacedBeforeTheBodyIsTouched) {
    ScriptedServer server{context,
                          {{read_head(), send_response("200 OK")},
                           {read_head(), send(kContinue), read_bytes(4), send_response("200 OK")}}};
    EXPECT_TRUE(test::run_task(context, loop.perform({.url = server.url("/")})));
    TextSource source{"body"};
    const auto exchange = loop.upload({.method = "PUT", .url = server.url("/")}, 4, source);
    const Result<> result = done(*exchange);
    EXPECT_TRUE(result) << describe(result.error());
    EXPECT_EQ(server.received(), "body");
}

TEST_F(CurlStreamTest, AResetInTheMiddleIsTransient) {
    ScriptedServer server{context, {{read_head(), send(kContinue), read_bytes(3), test::reset()}}};
    TextSource source{"0123"};
    const auto exchange = loop.upload({.method = "PUT", .url = server.url("/")}, 10, source);
    const Result<> result = done(*exchange);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, FailureKind::kTransient) << describe(result.error());
}

TEST_F(CurlStreamTest, AnExchangeMayGoAtAnyTime) {
    ScriptedServer server{
        context,
        {{read_head(), send_response("200 OK", std::string(400'000, 'b'))}, {read_head(), send(kContinue), hang()}}};
    TextSink sink{50'000};
    auto download = loop.download({.url = server.url("/")}, sink);
    while (sink.pauses == 0) context.run_one();
    sink.give_room(1);
    download.reset();
    sink.give_room(1);
    TextSource source{"01234"};
    auto upload = loop.upload({.method = "PUT", .url = server.url("/")}, 10, source);
    while (source.reads < 2) context.run_one();
    upload.reset();
    source.append("more");
    loop.download({.url = server.url("/")}, sink).reset();
}

TEST_F(CurlStreamTest, AnExchangeMayOutliveItsLoop) {
    ScriptedServer server{context, {{read_head(), hang()}}};
    auto own = std::make_unique<CurlLoop>(context.get_executor(), time);
    TextSink sink;
    const auto exchange = own->download({.url = server.url("/")}, sink);
    own.reset();
    EXPECT_EQ(done(*exchange).error().cause, Cause::kCancelled);
    EXPECT_EQ(head(*exchange).error().cause, Cause::kCancelled);
}

}  // namespace
}  // namespace strongroom::http
