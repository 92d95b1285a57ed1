#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "shared/base/time_source.hpp"
#include "shared/http/address_filter.hpp"
#include "shared/http/client.hpp"
#include "shared/http/watchdog.hpp"

namespace strongroom::http {

struct CurlLoopConfig {
    std::chrono::milliseconds connect_timeout{5'000};
    /// How long an upload waits for 100 Continue before it sends its body anyway.
    std::chrono::milliseconds expect_continue_timeout{1'000};
    /// Idle connections older than this are not used again.
    std::chrono::seconds idle_connection_age{15};
    WatchdogLimits watchdog{};
    /// How often streams are looked at.
    std::chrono::milliseconds watch_interval{1'000};
    /// Bytes.
    std::size_t receive_buffer = 64UL << 10U;
    std::size_t send_buffer = 64UL << 10U;
    /// Connections of this loop; exchanges beyond it wait for one.
    long max_connections = 256;
    long idle_connections = 128;
    /// PEM file of trusted authorities; empty = the system's. Certificates are always verified.
    std::string ca_file{};
    std::string user_agent = "strongroom";
};

struct CurlContext;

/// http::Client on libcurl: HTTP/1.1 with connection reuse, one thread (the executor's), at most about 64 transfers for
/// good throughput. Destroying it ends exchanges that are still there (Cause::kCancelled); they stay valid objects.
/// `time` outlives it and its exchanges.
class CurlLoop final : public Client {
  public:
    /// With an active `filter` every URL, redirect and resolved address is checked against it: use a loop of its own
    /// for untrusted URLs. The same connections never serve both.
    CurlLoop(const boost::asio::any_io_executor& executor, const TimeSource& time, CurlLoopConfig config = {},
             AddressFilter filter = {});
    ~CurlLoop() override;
    CurlLoop(const CurlLoop&) = delete;
    CurlLoop& operator=(const CurlLoop&) = delete;

    Task<Result<Response>> perform(Request request) override;
    std::unique_ptr<Exchange> download(Request request, ByteSink& sink) override;
    std::unique_ptr<Exchange> upload(Request request, std::uint64_t length, ByteSource& source) override;

  private:
    std::shared_ptr<CurlContext> context_;
};

}  // namespace strongroom::http
