#include "shared/redis/pipelined_client.hpp"

#include <array>
#include <utility>

#include "shared/redis/redis_failure.hpp"
#include "shared/runtime/task_group.hpp"
#include "shared/telemetry/log.hpp"

namespace strongroom::redis {
namespace {

Result<Reply> reply_or_failure(const std::string& command, Result<Incoming> incoming) {
    if (!incoming) return incoming.error();
    if (const auto* error = std::get_if<ErrorReply>(&*incoming)) return refused(command, error->text);
    return std::get<Reply>(std::move(*incoming));
}

bool script_is_unknown(const Result<Incoming>& incoming) {
    if (!incoming) return false;
    const auto* error = std::get_if<ErrorReply>(&*incoming);
    return error != nullptr && error->text.starts_with("NOSCRIPT");
}

std::vector<std::string> evaluation(std::string command, const std::string& script,
                                    const std::vector<std::string>& keys, const std::vector<std::string>& arguments) {
    std::vector<std::string> call{std::move(command), script, std::to_string(keys.size())};
    call.insert(call.end(), keys.begin(), keys.end());
    call.insert(call.end(), arguments.begin(), arguments.end());
    return call;
}

/// Both loops hold what they use: they end a little later than the coroutine that started them.
Task<> send_loop(std::shared_ptr<Pipeline> pipeline, std::shared_ptr<Connection> connection) {
    for (;;) {
        const Result<> sent = co_await connection->write(co_await pipeline->outgoing());
        if (!sent) co_return pipeline->fail(sent.error());
    }
}

Task<> receive_loop(std::shared_ptr<Pipeline> pipeline, std::shared_ptr<Connection> connection) {
    std::array<std::byte, 16'384> buffer{};
    while (!pipeline->failure()) {
        const Result<std::size_t> count = co_await connection->read_some(buffer);
        if (!count) co_return pipeline->fail(count.error());
        const Result<> taken = pipeline->received(std::span{buffer}.first(*count));
        if (!taken) pipeline->fail(taken.error());
    }
}

}  // namespace

PipelinedClient::PipelinedClient(const boost::asio::any_io_executor& executor, Sleeper& sleeper,
                                 std::mt19937_64& random, ClientConfig config)
    : executor_{executor},
      sleeper_{&sleeper},
      random_{&random},
      config_{std::move(config)},
      pipeline_{fresh_pipeline()} {}

PipelinedClient::~PipelinedClient() {
    pipeline_->fail(redis_failure(Cause::kCancelled, "the redis client has ended"));
}

std::shared_ptr<Pipeline> PipelinedClient::fresh_pipeline() const {
    return std::make_shared<Pipeline>(
        executor_, PipelineLimits{.max_pending = config_.max_pending, .max_reply_bytes = config_.max_reply.value});
}

Task<> PipelinedClient::keep_connected() {
    for (int failures = 1;; ++failures) {
        const ConnectOptions options{.timeout = config_.connect_timeout, .ca_file = config_.ca_file};
        const Result<std::shared_ptr<Connection>> connection = co_await connect(config_.endpoint, options);
        if (connection) {
            failures = 1;
            co_await serve(*connection);
        } else {
            lost(connection.error());
        }
        co_await sleeper_->sleep_for(next_delay(config_.reconnect, *last_failure_, failures, *random_).value());
    }
}

Task<> PipelinedClient::serve(std::shared_ptr<Connection> connection) {
    if (pipeline_->failure()) pipeline_ = fresh_pipeline();
    const std::shared_ptr<Pipeline> pipeline = pipeline_;
    pipeline->on_failure([connection](const Failure& why) { connection->close(why); });
    connected_ = true;
    log::info("redis_connected", {{"server", config_.endpoint.name()}});
    TaskGroup sender{executor_};
    sender.spawn(send_loop(pipeline, connection));
    co_await receive_loop(pipeline, connection);
    lost(*pipeline->failure());
    sender.cancel();
    co_await sender.join();
}

void PipelinedClient::lost(const Failure& why) {
    // Once per outage, not once per attempt.
    if (connected_ || !last_failure_) {
        log::warning("redis_lost", {{"server", config_.endpoint.name()}, {"failure", why.message}});
    }
    connected_ = false;
    last_failure_ = why;
    pipeline_->fail(why);
}

Task<Result<Incoming>> PipelinedClient::call(std::vector<std::string> arguments) {
    return Pipeline::call(pipeline_, std::move(arguments), config_.command_timeout);
}

Task<Result<Reply>> PipelinedClient::command(std::vector<std::string> arguments) {
    const std::string name = arguments.at(0);
    co_return reply_or_failure(name, co_await call(std::move(arguments)));
}

Task<Result<Reply>> PipelinedClient::run(const Script& script, std::vector<std::string> keys,
                                         std::vector<std::string> arguments) {
    Result<Incoming> incoming = co_await call(evaluation("EVALSHA", script.sha1, keys, arguments));
    if (script_is_unknown(incoming)) incoming = co_await call(evaluation("EVAL", script.source, keys, arguments));
    co_return reply_or_failure("a script", std::move(incoming));
}

}  // namespace strongroom::redis
