#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "shared/base/result.hpp"
#include "shared/base/units.hpp"
#include "shared/http_server/listen_address.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::http_server {

struct Request {
    std::string method;  ///< upper case
    std::string path;    ///< as sent, still percent-encoded, without the query
    std::string query;   ///< without `?`
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};

    /// The first header of that name, whatever its case.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

struct Response {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
};

/// Answers requests; several may be in work at once, on the server's executor. What it throws stops the server.
class Handler {
  public:
    virtual ~Handler() = default;
    virtual Task<Response> handle(Request request) = 0;
};

struct ServerLimits {
    ByteCount body{1ULL << 20};      ///< beyond it 413
    ByteCount headers{16ULL << 10};  ///< beyond it 431
    std::size_t connections = 256;   ///< at once; further ones are closed
    std::chrono::milliseconds request_timeout =
        std::chrono::seconds{10};  ///< to receive a whole request, idle time included
    std::chrono::milliseconds response_timeout = std::chrono::seconds{10};  ///< to send a whole response
};

/// A small HTTP/1.1 server: requests and responses in memory, keep-alive. One executor (one thread).
class Server {
  public:
    /// `handler` outlives the server.
    Server(const boost::asio::any_io_executor& executor, Handler& handler, ServerLimits limits = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds; connections are accepted from here on and answered once `run` goes. Permanent when the address is in use
    /// or not ours.
    Result<> listen(const ListenAddress& address);
    /// The bound port.
    [[nodiscard]] std::uint16_t port() const;
    /// Serves until cancelled; then every connection is closed.
    Task<> run();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace strongroom::http_server
