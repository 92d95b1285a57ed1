#pragma once

#include <chrono>
#include <random>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "shared/redis/pipelined_client.hpp"
#include "shared/runtime/task_group.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::test {

inline redis::ClientConfig redis_config(const std::string& url) {
    return {
        .endpoint = redis::parse_endpoint(Secret{url}).value(),
        .reconnect = {
            .transient_tries = 1'000'000, .base = std::chrono::milliseconds{5}, .cap = std::chrono::milliseconds{20}}};
}

/// A client with a loop of its own, which runs while a task is run on it.
struct ConnectedRedis {
    explicit ConnectedRedis(redis::ClientConfig config)
        : client{context.get_executor(), sleeper, random, std::move(config)} {
        runner.spawn(client.keep_connected());
    }
    ~ConnectedRedis() {
        runner.cancel();
        run_task(context, runner.join());
    }
    ConnectedRedis(const ConnectedRedis&) = delete;
    ConnectedRedis& operator=(const ConnectedRedis&) = delete;

    template <class T>
    auto run(Task<T> task) {
        return run_task(context, std::move(task));
    }
    Result<redis::Reply> command(std::vector<std::string> arguments) {
        return run(client.command(std::move(arguments)));
    }

    boost::asio::io_context context{1};
    TimerSleeper sleeper;
    std::mt19937_64 random{1};
    redis::PipelinedClient client;
    TaskGroup runner{context.get_executor()};
};

}  // namespace strongroom::test
