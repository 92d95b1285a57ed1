#include "shared/http_server/admin_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/runtime/task_group.hpp"
#include "test_support/loopback_client.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::http_server {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(AdminServer, ServesProbesAndMetrics) {
    boost::asio::io_context context{1};
    AdminServer server{context.get_executor(),
                       {.live = [] { return Health{}; },
                        .ready = [] { return Health{false, "kafka: no assignment yet\n"}; },
                        .metrics = [] { return std::string{"strongroom_x 1\n"}; }}};
    ASSERT_TRUE(server.listen({.listen = "127.0.0.1:0"}));
    TaskGroup running{context.get_executor()};
    running.spawn(server.run());
    const auto get = [&](const std::string& line) {
        return test::run_task(context, test::exchange(server.port(), line + " HTTP/1.0\r\n\r\n"));
    };
    EXPECT_THAT(get("GET /livez"), AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\nok\n")));
    EXPECT_THAT(get("GET /readyz"), AllOf(StartsWith("HTTP/1.1 503 "), EndsWith("kafka: no assignment yet\n")));
    EXPECT_THAT(get("GET /metrics"), AllOf(HasSubstr("version=0.0.4"), EndsWith("strongroom_x 1\n")));
    EXPECT_THAT(get("POST /metrics"), AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("Allow: GET, HEAD")));
    EXPECT_THAT(get("GET /secret"), StartsWith("HTTP/1.1 404 "));
}

TEST(AdminServer, RefusesAMalformedAddress) {
    boost::asio::io_context context{1};
    AdminServer server{context.get_executor(), {}};
    EXPECT_FALSE(server.listen({.listen = "localhost"}));
}

}  // namespace
}  // namespace strongroom::http_server
