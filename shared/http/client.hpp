#pragma once

#include <cstdint>
#include <memory>

#include "shared/base/result.hpp"
#include "shared/http/byte_stream.hpp"
#include "shared/http/request.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::http {

/// One streaming exchange in progress. Destroying it ends the exchange at once (connection closed) and detaches from
/// sink and source, which must outlive it. Not thread-safe: the loop's thread only.
class Exchange {
  public:
    virtual ~Exchange() = default;
    /// Completes when the final response's header is there (status and fields, any status), or with the failure that
    /// kept it from coming. May be awaited once.
    virtual Task<Result<ResponseHead>> head() = 0;
    /// Completes when the whole body went through (download), or the response is complete (upload). For a response
    /// whose status is not 2xx the body goes to `error_body()` (bounded), not to the sink, and this is a success of the
    /// transport.
    virtual Task<Result<>> done() = 0;
    /// The buffered body of a response that was not 2xx, or of any response to an upload; at most `max_response_bytes`.
    [[nodiscard]] virtual const std::string& body() const = 0;
    /// Body bytes moved so far in either direction: what a progress watchdog looks at.
    [[nodiscard]] virtual std::uint64_t moved() const = 0;
};

/// Makes HTTP exchanges. Failures carry kind, cause and message; dependency and stage are for the caller to add (`at`).
/// A response with an error status is a success here: what it means is decided by `status_failure` or by the protocol
/// above.
class Client {
  public:
    virtual ~Client() = default;
    /// A small exchange with buffered bodies.
    virtual Task<Result<Response>> perform(Request request) = 0;
    /// Starts a download: a 2xx body goes to `sink`. `sink` outlives the exchange. What a server sends beyond its own
    /// Content-Length is never seen: compare the length with what was promised elsewhere.
    virtual std::unique_ptr<Exchange> download(Request request, ByteSink& sink) = 0;
    /// Starts an upload of exactly `length` bytes from `source`, with Expect: 100-continue. `source` outlives the
    /// exchange.
    virtual std::unique_ptr<Exchange> upload(Request request, std::uint64_t length, ByteSource& source) = 0;
};

}  // namespace strongroom::http
