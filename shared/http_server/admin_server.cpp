#include "shared/http_server/admin_server.hpp"

#include <utility>

#include "shared/config/keys.hpp"

namespace strongroom::http_server {

void describe(config::Keys& keys, AdminConfig& admin) {
    keys.text("listen", admin.listen, config::Presence::kOptional,
              {.expected = "an address and port such as 127.0.0.1:9464",
               .accepts = [](std::string_view text) { return parse_listen_address(text).has_value(); }});
}

class AdminServer::Pages final : public Handler {
  public:
    explicit Pages(AdminPages pages) : pages_{std::move(pages)} {}

    Task<Response> handle(Request request) override { co_return answer(request); }

  private:
    [[nodiscard]] Response answer(const Request& request) const {
        const bool known = request.path == "/livez" || request.path == "/readyz" || request.path == "/metrics";
        if (!known) return {.status = 404, .body = "there are /livez, /readyz and /metrics\n"};
        if (request.method != "GET" && request.method != "HEAD") {
            return {.status = 405, .body = "only GET\n", .headers = {{"Allow", "GET, HEAD"}}};
        }
        if (request.path == "/livez") return probe(pages_.live());
        if (request.path == "/readyz") return probe(pages_.ready());
        return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = pages_.metrics()};
    }

    static Response probe(Health health) {
        return {.status = health.good ? 200U : 503U, .body = std::move(health.body)};
    }

    AdminPages pages_;
};

AdminServer::AdminServer(const boost::asio::any_io_executor& executor, AdminPages pages)
    : pages_{std::make_unique<Pages>(std::move(pages))}, server_{executor, *pages_} {}
AdminServer::~AdminServer() = default;

Result<> AdminServer::listen(const AdminConfig& config) {
    const auto address = parse_listen_address(config.listen);
    if (!address) return address.error();
    return server_.listen(*address);
}

std::uint16_t AdminServer::port() const {
    return server_.port();
}

Task<> AdminServer::run() {
    return server_.run();
}

}  // namespace strongroom::http_server
