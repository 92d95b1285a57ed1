#pragma once

#include <deque>
#include <memory>
#include <string>

#include <boost/asio/this_coro.hpp>

#include "shared/base/encoding.hpp"
#include "shared/http/client.hpp"
#include "shared/runtime/event.hpp"

namespace strongroom::archive::test {

/// One scripted answer of a media source.
struct SourceAnswer {
    int status = 200;
    std::string body{};
    std::optional<std::uint64_t> content_length{};  ///< as announced; the body itself may differ
    std::optional<Failure> broken{};                ///< what ends the body
    std::size_t chunk = 1000;
};

/// Plays its answers, one per download, into the sink in chunks, pausing as the sink asks.
class FakeSource final : public http::Client {
  public:
    std::deque<SourceAnswer> answers;
    std::vector<std::string> urls;

    Task<Result<http::Response>> perform(http::Request) override { co_return Failure{.message = "not scripted"}; }
    std::unique_ptr<http::Exchange> upload(http::Request, std::uint64_t, http::ByteSource&) override { return {}; }
    std::unique_ptr<http::Exchange> download(http::Request request, http::ByteSink& sink) override {
        urls.push_back(request.url);
        SourceAnswer answer = answers.front();
        if (answers.size() > 1) answers.pop_front();
        return std::make_unique<Play>(std::move(answer), sink);
    }

  private:
    class Play final : public http::Exchange {
      public:
        Play(SourceAnswer answer, http::ByteSink& sink) : answer_{std::move(answer)}, sink_{sink} {}
        ~Play() override { sink_.on_wake_producer({}); }

        Task<Result<http::ResponseHead>> head() override {
            co_return http::ResponseHead{answer_.status, {}, answer_.content_length};
        }
        Task<Result<>> done() override {
            Event writable{co_await boost::asio::this_coro::executor};
            sink_.on_wake_producer([&writable] { writable.notify(); });
            while (moved_ < answer_.body.size()) {
                const std::string_view next = std::string_view{answer_.body}.substr(moved_, answer_.chunk);
                const auto accepted = sink_.accept(as_bytes(next));
                if (accepted == http::ByteSink::Accept::kAbort) co_return Failure{.cause = Cause::kCancelled};
                if (accepted == http::ByteSink::Accept::kTaken) moved_ += next.size();
                // Lets the other side run between chunks, as a socket would.
                co_await writable.wait_for(
                    std::chrono::milliseconds{accepted == http::ByteSink::Accept::kPause ? 1000 : 0});
            }
            sink_.on_wake_producer({});
            if (answer_.broken) co_return *answer_.broken;
            co_return Result<>{};
        }
        [[nodiscard]] const std::string& body() const override { return answer_.body; }
        [[nodiscard]] std::uint64_t moved() const override { return moved_; }

      private:
        SourceAnswer answer_;
        http::ByteSink& sink_;
        std::size_t moved_ = 0;
    };
};

}  // namespace strongroom::archive::test
