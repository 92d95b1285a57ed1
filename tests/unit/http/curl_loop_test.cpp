#include "shared/http/curl_loop.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include "shared/runtime/event.hpp"
#include "shared/runtime/task_group.hpp"
#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"
#include "test_support/scripted_server.hpp"

namespace strongroom::http {
namespace {

using std::chrono::milliseconds;
using test::hang;
using test::read_bytes;
using test::read_head;
using test::ScriptedServer;
using test::send;
using test::send_response;

struct CurlLoopTest : testing::Test {
    Result<Response> perform(Request request) { return test::run_task(context, loop.perform(std::move(request))); }

    boost::asio::io_context context{1};
    SystemTime time;
    CurlLoop loop{context.get_executor(), time};
};

TEST_F(CurlLoopTest, SendsMethodFieldsAndBodyAndReturnsTheResponse) {
    ScriptedServer server{context, {{read_head(), read_bytes(7), send_response("201 Created", "hello", "X-A: b\r\n")}}};
    const auto response = perform({.method = "PATCH",
                                   .url = server.url("/a/../b?c=d"),
                                   .headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}},
                                   .body = R"({"a":1})"});
    ASSERT_TRUE(response) << describe(response.error());
    EXPECT_EQ(response->head.status, 201);
    EXPECT_EQ(response->head.headers.find("x-a"), "b");
    EXPECT_EQ(response->head.content_length, 5U);
    EXPECT_EQ(response->body, "hello");
    EXPECT_EQ(server.received(), R"({"a":1})");
    const std::string& head = server.heads().at(0);
    EXPECT_TRUE(head.starts_with("PATCH /a/../b?c=d HTTP/1.1\r\n")) << head;
    for (const char* field : {"Content-Type: application/json\r\n", "Content-Length: 7\r\n", "X-Empty:\r\n"}) {
        EXPECT_NE(head.find(field), std::string::npos) << head;
    }
    EXPECT_EQ(head.find("Expect"), std::string::npos);
}

TEST_F(CurlLoopTest, SendsEmptyBodiesOnlyWhereAMethodHasOne) {
    ScriptedServer server{context,
                          {{read_head(), send_response("200 OK"), read_head(), send_response("200 OK"), read_head(),
                            send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")}}};
    EXPECT_TRUE(perform({.method = "POST", .url = server.url("/")}));
    EXPECT_TRUE(perform({.method = "DELETE", .url = server.url("/")}));
    const auto head = perform({.method = "HEAD", .url = server.url("/")});
    ASSERT_TRUE(head);
    EXPECT_EQ(head->head.content_length, 9U);
    EXPECT_NE(server.heads().at(0).find("Content-Length: 0\r\n"), std::string::npos);
    EXPECT_EQ(server.heads().at(0).find("Content-Type"), std::string::npos);
    EXPECT_TRUE(server.heads().at(1).starts_with("DELETE / "));
    EXPECT_EQ(server.heads().at(1).find("Content-Length"), std::string::npos);
}

TEST_F(CurlLoopTest, UsesAConnectionAgain) {
    ScriptedServer server{
        context,
        {{read_head(), send_response("200 OK", "a"), read_head(), send_response("404 Not Found", "b")},
         {read_head(), send_response("200 OK")}}};
    EXPECT_EQ(perform({.url = server.url("/1")})->body, "a");
    EXPECT_EQ(perform({.url = server.url("/2")})->head.status, 404);
    EXPECT_EQ(server.connections(), 1U);
    EXPECT_TRUE(perform({.url = server.url("/3")})) << "a connection that the server closed is replaced";
}

TEST_F(CurlLoopTest, FailsWhenTheServerDoesNotAnswerInTime) {
    ScriptedServer server{context, {{read_head(), hang()}}};
    const auto response = perform({.url = server.url("/slow?secret=1"), .timeout = milliseconds{20}});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, FailureKind::kTransient);
    EXPECT_EQ(response.error().cause, Cause::kTimeout);
    EXPECT_EQ(response.error().message.find("secret"), std::string::npos) << response.error().message;
    EXPECT_NE(response.error().message.find("GET http://127.0.0.1:"), std::string::npos);
}

TEST_F(CurlLoopTest, TellsACutBodyFromARefusedConnection) {
    std::string url;
    {
        ScriptedServer server{context, {{read_head(), send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")}}};
        url = server.url("/");
        EXPECT_EQ(perform({.url = url}).error().cause, Cause::kTruncated);
    }
    const auto refused = perform({.url = url});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FailureKind::kTransient);
    EXPECT_EQ(refused.error().cause, Cause::kConnect);
}

TEST_F(CurlLoopTest, RefusesAResponseThatIsTooLarge) {
    ScriptedServer server{context, {{read_head(), send_response("200 OK", std::string(11, 'x'))}}};
    const auto response = perform({.url = server.url("/"), .max_response_bytes = 10});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, FailureKind::kPermanent);
    EXPECT_EQ(response.error().cause, Cause::kTooLarge);
}

TEST_F(CurlLoopTest, CutsAnErrorBodyThatIsTooLarge) {
    ScriptedServer server{context, {{read_head(), send_response("500 Oops", std::string(11, 'x'))}}};
    const auto response = perform({.url = server.url("/"), .max_response_bytes = 10});
    ASSERT_TRUE(response);
    EXPECT_EQ(response->head.status, 500);
    EXPECT_EQ(response->body, std::string(10, 'x'));
}

TEST_F(CurlLoopTest, FollowsRedirectsOnlyAsFarAsAsked) {
    const auto redirect = send_response("302 Found", "ignored", "Location: /next\r\n");
    ScriptedServer server{
        context, {{read_head(), redirect, read_head(), redirect, read_head(), send_response("200 OK", "there")}}};
    EXPECT_EQ(perform({.url = server.url("/")})->head.status, 302);
    const auto followed = perform({.url = server.url("/"), .max_redirects = 1});
    ASSERT_TRUE(followed);
    EXPECT_EQ(followed->body, "there");
    EXPECT_TRUE(server.heads().at(2).starts_with("GET /next "));
}

TEST_F(CurlLoopTest, RefusesOtherProtocolsAndMalformedUrls) {
    for (const char* url : {"file:///etc/passwd", "ftp://127.0.0.1/", "http://", ""}) {
        const auto response = perform({.url = url});
        ASSERT_FALSE(response) << url;
        EXPECT_EQ(response.error().kind, FailureKind::kPermanent) << url;
    }
}

TEST_F(CurlLoopTest, RefusesFieldsThatWouldAddOthers) {
    ScriptedServer server{context, {{read_head(), send_response("200 OK")}}};
    const auto response = perform({.url = server.url("/"), .headers = {{"X-A", "b\r\nX-C: d"}}});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, FailureKind::kPermanent);
    EXPECT_EQ(server.connections(), 0U);
}

TEST_F(CurlLoopTest, ManyExchangesRunAtOnce) {
    std::vector<test::ConnectionScript> scripts(20, {read_head(), send_response("200 OK", "x")});
    ScriptedServer server{context, scripts};
    TaskGroup group{context.get_executor()};
    int done = 0;
    const auto one = [](CurlLoop& client, std::string url, int& count) -> Task<> {
        if (co_await client.perform(Request{.url = std::move(url)})) ++count;
    };
    for (int i = 0; i < 20; ++i) group.spawn(one(loop, server.url("/"), done));
    test::run_task(context, group.join());
    EXPECT_EQ(done, 20);
}

TEST_F(CurlLoopTest, ACancelledExchangeEndsAndLeavesTheLoopUsable) {
    ScriptedServer server{context, {{read_head(), hang()}, {read_head(), send_response("200 OK")}}};
    const auto wait_for_ever = [](CurlLoop& client, std::string url) -> Task<> {
        static_cast<void>(co_await client.perform(Request{.url = std::move(url), .timeout = milliseconds{0}}));
    };
    {
        TaskGroup group{context.get_executor()};
        group.spawn(wait_for_ever(loop, server.url("/")));
        while (server.heads().empty()) context.run_one();
        group.cancel();
        test::run_task(context, group.join());
    }
    EXPECT_TRUE(perform({.url = server.url("/")}));
    EXPECT_EQ(server.connections(), 2U);
}

TEST(CurlLoop, EndsExchangesThatOutliveIt) {
    boost::asio::io_context context{1};
    const SystemTime time;
    ScriptedServer server{context, {{read_head(), hang()}}};
    auto loop = std::make_unique<CurlLoop>(context.get_executor(), time);
    std::optional<Result<Response>> response;
    TaskGroup group{context.get_executor()};
    group.spawn(test::store_result(loop->perform({.url = server.url("/"), .timeout = milliseconds{0}}), response));
    while (server.heads().empty()) context.run_one();
    loop.reset();
    test::run_task(context, group.join());
    ASSERT_TRUE(response);
    EXPECT_EQ(response->error().cause, Cause::kCancelled);
}

TEST(CurlLoop, DoesNotKeepAnIdleContextRunning) {
    boost::asio::io_context context{1};
    const SystemTime time;
    CurlLoop loop{context.get_executor(), time};
    {
        ScriptedServer server{context, {{read_head(), send_response("200 OK")}}};
        EXPECT_TRUE(test::run_task(context, loop.perform({.url = server.url("/")})));
    }
    context.restart();
    EXPECT_LT(context.run_for(std::chrono::seconds{5}), 100U);
    EXPECT_TRUE(context.stopped());
}

TEST(FilteredCurlLoop, RefusesAddressesThatAreNotPublic) {
    boost::asio::io_context context{1};
    const SystemTime time;
    ScriptedServer server{context, {{read_head(), send_response("200 OK")}}};
    CurlLoop loop{context.get_executor(), time, {}, AddressFilter::public_only()};
    const auto response = test::run_task(context, loop.perform({.url = server.url("/x?secret=1")}));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, FailureKind::kPermanent);
    EXPECT_EQ(response.error().cause, Cause::kForbidden);
    EXPECT_NE(response.error().message.find("127.0.0.1, which is not public"), std::string::npos)
        << response.error().message;
    EXPECT_EQ(server.connections(), 0U);
}

TEST(FilteredCurlLoop, ChecksTheHostOfEveryHop) {
    boost::asio::io_context context{1};
    const SystemTime time;
    ScriptedServer other{context, {{read_head(), send_response("200 OK")}}};
    std::string elsewhere = other.url("/");
    elsewhere.replace(elsewhere.find("127.0.0.1"), 9, "localhost");
    ScriptedServer server{context, {{read_head(), send_response("302 Found", "", "Location: " + elsewhere + "\r\n")}}};
    CurlLoop loop{context.get_executor(),
                  time,
                  {},
                  AddressFilter::public_only(
                      {AddressBlock::parse("127.0.0.0/8").value(), AddressBlock::parse("::1").value()}, {"127.0.0.1"})};
    const auto response = test::run_task(context, loop.perform({.url = server.url("/"), .max_redirects = 3}));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().cause, Cause::kForbidden);
    EXPECT_NE(response.error().message.find("host localhost is not"), std::string::npos) << response.error().message;
    EXPECT_TRUE(other.heads().empty());
}

}  // namespace
}  // namespace strongroom::http
