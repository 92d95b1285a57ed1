#include "shared/http_server/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/runtime/task_group.hpp"
#include "test_support/loopback_client.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::http_server {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Echo final : public Handler {
  public:
    Task<Response> handle(Request request) override {
        ++handled;
        std::string body = request.method + " " + request.path + " ? " + request.query + " " + request.body;
        body += std::string{request.header("x-NAME").value_or("-")};
        co_return Response{.status = 201, .body = std::move(body), .headers = {{"X-Extra", "1"}}};
    }
    int handled = 0;
};

class ServerTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(server.listen({"127.0.0.1", 0}));
        running.spawn(server.run());
    }
    std::string exchange(std::string bytes) {
        return test::run_task(context, test::exchange(server.port(), std::move(bytes)));
    }

    boost::asio::io_context context{1};
    Echo echo;
    Server server{context.get_executor(),
                  echo,
                  {.body = ByteCount{100},
                   .headers = ByteCount{1000},
                   .connections = 1,
                   .request_timeout = std::chrono::milliseconds{50}}};
    TaskGroup running{context.get_executor()};
};

TEST_F(ServerTest, AnswersOneRequestAfterTheOther) {
    const std::string answer = exchange(
        "POST /a%20b?x=1 HTTP/1.1\r\nHost: h\r\nX-Name: n\r\nContent-Length: 2\r\n\r\nhi"
        "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 201 Created\r\n"));
    EXPECT_THAT(answer, HasSubstr("X-Extra: 1\r\n"));
    EXPECT_THAT(answer, HasSubstr("POST /a%20b ? x=1 hin"));
    EXPECT_THAT(answer, HasSubstr("GET / ?  -"));
    EXPECT_EQ(echo.handled, 2);
}

TEST_F(ServerTest, AnswersHeadWithoutABody) {
    const std::string answer = exchange("HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 12\r\n"));
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, RefusesWhatIsTooLargeOrNoRequest) {
    EXPECT_THAT(exchange("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(exchange("GET / HTTP/1.1\r\nX: " + std::string(2000, 'x') + "\r\n\r\n"), StartsWith("HTTP/1.1 431 "));
    EXPECT_THAT(exchange("nonsense\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
    EXPECT_EQ(echo.handled, 0);
}

TEST_F(ServerTest, ClosesAConnectionThatSendsNoWholeRequestInTime) {
    EXPECT_EQ(exchange("GET / HTTP/1.1\r\nHost:"), "");
    EXPECT_EQ(echo.handled, 0);
}

Task<> run_then_cancel(Server& server, boost::asio::any_io_executor executor, std::uint16_t port) {
    TaskGroup group{executor};
    group.spawn(server.run());
    co_await test::exchange(port, "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    group.cancel();
    co_await group.join();
}

TEST(Server, EndsWhenCancelledAndLeavesNothingRunning) {
    boost::asio::io_context context{1};
    Echo echo;
    Server server{context.get_executor(), echo};
    ASSERT_TRUE(server.listen({"127.0.0.1", 0}));
    test::run_task(context, run_then_cancel(server, context.get_executor(), server.port()));
    EXPECT_EQ(echo.handled, 1);
}

TEST(Server, SaysWhyItCannotListen) {
    boost::asio::io_context context{1};
    Echo echo;
    Server first{context.get_executor(), echo};
    ASSERT_TRUE(first.listen({"127.0.0.1", 0}));
    Server second{context.get_executor(), echo};
    const auto listening = second.listen({"127.0.0.1", first.port()});
    ASSERT_FALSE(listening);
    EXPECT_THAT(listening.error().message, HasSubstr("Address already in use"));
}

}  // namespace
}  // namespace strongroom::http_server
