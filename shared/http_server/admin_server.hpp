#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "shared/http_server/server.hpp"

namespace strongroom::config {
class Keys;
}

namespace strongroom::http_server {

/// Section `admin` of the configuration.
struct AdminConfig {
    std::string listen = "127.0.0.1:9464";
};
void describe(config::Keys& keys, AdminConfig& admin);

/// What a probe is told: 200 or 503, and a body that says why.
struct Health {
    bool good = true;
    std::string body = "ok\n";
};

/// What the pages show. Called on the server's executor at every request; each must return at once.
struct AdminPages {
    std::function<Health()> live;
    std::function<Health()> ready;
    std::function<std::string()> metrics;  ///< Prometheus' text format
};

/// The port for probes and scraping: GET (and HEAD) of `/livez`, `/readyz`, `/metrics`. One executor (one thread).
class AdminServer {
  public:
    AdminServer(const boost::asio::any_io_executor& executor, AdminPages pages);
    ~AdminServer();

    /// Permanent when the address is malformed or cannot be bound.
    Result<> listen(const AdminConfig& config);
    [[nodiscard]] std::uint16_t port() const;
    /// Serves until cancelled.
    Task<> run();

  private:
    class Pages;
    std::unique_ptr<Pages> pages_;
    Server server_;
};

}  // namespace strongroom::http_server
