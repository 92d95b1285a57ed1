#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "shared/http/client.hpp"
#include "shared/http/curl_loop.hpp"
#include "shared/http/curl_multi.hpp"
#include "shared/http/curl_options.hpp"
#include "shared/http/head_reader.hpp"
#include "shared/http/one_shot.hpp"
#include "shared/http/watchdog.hpp"

namespace strongroom::http {

/// What all exchanges of one CurlLoop share; the last of them lets it go.
struct CurlContext {
    CurlContext(CurlLoopConfig settings, AddressFilter allowed, const boost::asio::any_io_executor& executor,
                const TimeSource& time, CurlMultiLimits limits)
        : config{std::move(settings)}, filter{std::move(allowed)}, multi{executor, time, limits} {}

    CurlLoopConfig config;
    AddressFilter filter;
    CurlMulti multi;
};

/// One exchange on one easy handle, from construction (which starts it) to its end.
class CurlExchange final : public Exchange, public CurlTransfer {
  public:
    CurlExchange(std::shared_ptr<CurlContext> context, Request request);
    CurlExchange(std::shared_ptr<CurlContext> context, Request request, ByteSink& sink);
    CurlExchange(std::shared_ptr<CurlContext> context, Request request, std::uint64_t length, ByteSource& source);
    ~CurlExchange() override;
    CurlExchange(const CurlExchange&) = delete;
    CurlExchange& operator=(const CurlExchange&) = delete;

    Task<Result<ResponseHead>> head() override;
    Task<Result<>> done() override;
    [[nodiscard]] const std::string& body() const override { return body_; }
    [[nodiscard]] std::uint64_t moved() const override { return moved_; }

    [[nodiscard]] ResponseHead& response_head() { return reader_.head(); }
    [[nodiscard]] std::string& buffered_body() { return body_; }

  private:
    struct Callbacks;

    CurlExchange(std::shared_ptr<CurlContext> context, Request request, BodyMode mode, ByteSink* sink,
                 ByteSource* source, std::uint64_t length);

    void ended(CURLcode code) override;
    void unpause() override;
    void check_progress(SteadyTime now) override;
    void abandoned() override;

    void start();
    void set_callbacks();
    void attach();
    void detach();
    void leave();
    void wake();
    void finish(Result<> result);
    [[nodiscard]] Result<> result_of(CURLcode code) const;
    [[nodiscard]] Failure failure(FailureKind kind, Cause cause, std::string_view what) const;
    [[nodiscard]] std::string where() const;

    void take_header(std::string_view line);
    void publish_head();
    std::size_t take_body(std::span<const std::byte> bytes);
    std::size_t give_to_sink(std::span<const std::byte> bytes);
    std::size_t buffer(std::span<const std::byte> bytes);
    std::size_t give_body(std::span<std::byte> space);
    bool may_connect(const ::sockaddr& address);
    bool may_ask(const char* url);

    std::shared_ptr<CurlContext> context_;
    Request request_;
    BodyMode mode_;
    ByteSink* sink_;
    ByteSource* source_;
    std::uint64_t upload_length_;

    EasyHandle easy_;
    FieldList fields_;
    std::array<char, CURL_ERROR_SIZE> error_text_{};
    Watchdog watchdog_;
    HeadReader reader_;
    std::string body_;
    std::uint64_t moved_ = 0;
    std::optional<Failure> own_failure_;  ///< why a callback stopped the transfer
    std::optional<Result<>> result_;
    OneShot head_ready_;
    OneShot done_;
    bool running_ = false;
    bool paused_ = false;
    bool to_sink_ = false;
    bool enough_ = false;  ///< the rest of an error's body is of no interest
};

}  // namespace strongroom::http
