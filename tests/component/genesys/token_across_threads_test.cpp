#include <array>
#include <thread>

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "shared/fleet/token_store.hpp"
#include "shared/genesys/client_credentials.hpp"
#include "shared/genesys/shard_token.hpp"
#include "test_support/run_task.hpp"
#include "test_support/scripted_http.hpp"

namespace strongroom::genesys {
namespace {

/// Issues "1", "2" … and is touched by the pod's thread alone.
class CountingEndpoint final : public http::Client {
  public:
    Task<Result<http::Response>> perform(http::Request /*request*/) override {
        co_await TimerSleeper{}.sleep_for(std::chrono::milliseconds{1});
        co_return test::http_response(200,
                                      R"({"access_token":")" + std::to_string(++issued) + R"(","expires_in":300})");
    }
    std::unique_ptr<http::Exchange> download(http::Request /*request*/, http::ByteSink& /*sink*/) override {
        return {};
    }
    std::unique_ptr<http::Exchange> upload(http::Request /*request*/, std::uint64_t /*length*/,
                                           http::ByteSource& /*source*/) override {
        return {};
    }

    int issued = 0;
};

/// One shard: takes the token and has it refused, again and again.
Task<> use_tokens(TokenSource& pod, const TimeSource& time, int rounds) {
    ShardToken shard{pod, time};
    for (int round = 0; round < rounds; ++round) {
        const auto token = co_await shard.token();
        if (!token) throw std::runtime_error(token.error().message);
        co_await shard.invalidate(token->version);
    }
}

TEST(ClientCredentials, ServesShardsOnOtherThreads) {
    boost::asio::io_context pod{1};
    auto work = boost::asio::make_work_guard(pod);
    CountingEndpoint endpoint;
    fleet::UnsharedTokenStore store;
    SystemTime time;
    TimerSleeper sleeper;
    SystemRandom random;
    ClientCredentials source{pod.get_executor(), {endpoint, store, time, sleeper, random}, {}};
    // The shards' loops outlive the pod's thread, which may still be inside its post to one when that one has ended.
    std::array<boost::asio::io_context, 3> loops;
    std::thread pod_thread{[&pod] { pod.run(); }};
    std::array<std::thread, 3> shards;
    for (std::size_t i = 0; i < shards.size(); ++i) {
        shards[i] = std::thread{[&, i] { test::run_task(loops[i], use_tokens(source, time, 50)); }};
    }
    for (std::thread& shard : shards) shard.join();
    work.reset();
    pod_thread.join();
    EXPECT_GE(endpoint.issued, 50);
    EXPECT_LE(endpoint.issued, 150);
}

}  // namespace
}  // namespace strongroom::genesys
