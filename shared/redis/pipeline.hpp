#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "shared/redis/resp_codec.hpp"
#include "shared/runtime/event.hpp"

namespace strongroom::redis {

struct PipelineLimits {
    std::size_t max_pending = 10'000;          ///< calls without a reply; more are refused
    std::size_t max_reply_bytes = 16'777'216;  ///< one reply
};

/// The calls of one connection: bytes to send, and who waits for which reply (the server answers in order). Holds no
/// socket. Once failed it stays failed: every call, waiting or new, gets that failure. The loop's thread only.
class Pipeline {
  public:
    Pipeline(const boost::asio::any_io_executor& executor, PipelineLimits limits);

    /// Sends a command and waits for its reply. No answer within `timeout` fails the whole pipeline: replies come in
    /// order, so the later ones are not to be trusted to come either. `pipeline` is held until then.
    static Task<Result<Incoming>> call(std::shared_ptr<Pipeline> pipeline, std::vector<std::string> arguments,
                                       std::chrono::milliseconds timeout);

    /// Completes with the bytes to send next, as soon as there are any.
    Task<std::string> outgoing();
    /// Takes received bytes and wakes the callers whose replies are complete. Failure: protocol error, reply to
    /// nothing.
    Result<> received(std::span<const std::byte> bytes);

    void fail(const Failure& why);
    [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }
    /// Called once when the pipeline fails, at once when it has failed already.
    void on_failure(std::function<void(const Failure&)> notify);

  private:
    struct Call;

    Result<std::shared_ptr<Call>> enqueue(const std::vector<std::string>& arguments);

    boost::asio::any_io_executor executor_;
    PipelineLimits limits_;
    ReplyReader reader_;
    std::deque<std::shared_ptr<Call>> pending_;
    std::string outgoing_;
    Event outgoing_changed_;
    std::optional<Failure> failure_;
    std::function<void(const Failure&)> on_failure_;
};

}  // namespace strongroom::redis
