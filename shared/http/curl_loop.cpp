#include "shared/http/curl_loop.hpp"

#include <stdexcept>
#include <utility>

#include "shared/http/curl_exchange.hpp"

namespace strongroom::http {
namespace {

void start_libcurl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw std::runtime_error("curl_global_init failed");
}

CurlMultiLimits limits_of(const CurlLoopConfig& config) {
    return {.watch_interval = config.watch_interval,
            .max_connections = config.max_connections,
            .idle_connections = config.idle_connections};
}

std::shared_ptr<CurlContext> make_context(const boost::asio::any_io_executor& executor, const TimeSource& time,
                                          CurlLoopConfig config, AddressFilter filter) {
    start_libcurl();
    const CurlMultiLimits limits = limits_of(config);
    return std::make_shared<CurlContext>(std::move(config), std::move(filter), executor, time, limits);
}

}  // namespace

CurlLoop::CurlLoop(const boost::asio::any_io_executor& executor, const TimeSource& time, CurlLoopConfig config,
                   AddressFilter filter)
    : context_{make_context(executor, time, std::move(config), std::move(filter))} {}

CurlLoop::~CurlLoop() {
    context_->multi.close();
}

Task<Result<Response>> CurlLoop::perform(Request request) {
    CurlExchange exchange{context_, std::move(request)};
    const Result<> done = co_await exchange.done();
    if (!done) co_return done.error();
    Response response{std::move(exchange.response_head()), std::move(exchange.buffered_body())};
    co_return response;
}

std::unique_ptr<Exchange> CurlLoop::download(Request request, ByteSink& sink) {
    return std::make_unique<CurlExchange>(context_, std::move(request), sink);
}

std::unique_ptr<Exchange> CurlLoop::upload(Request request, std::uint64_t length, ByteSource& source) {
    return std::make_unique<CurlExchange>(context_, std::move(request), length, source);
}

}  // namespace strongroom::http
