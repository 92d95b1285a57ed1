#include "shared/http_server/server.hpp"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "shared/runtime/task_group.hpp"

namespace strongroom::http_server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kPauseAfterAcceptError{100};

using Parser = http::request_parser<http::string_body>;
using Message = http::response<http::string_body>;

Request to_request(http::request<http::string_body>&& message) {
    const std::string_view target{message.target().data(), message.target().size()};
    const std::size_t question = target.find('?');
    Request request{.method = std::string{message.method_string()},
                    .path = std::string{target.substr(0, question)},
                    .query = question == std::string_view::npos ? "" : std::string{target.substr(question + 1)},
                    .body = std::move(message.body())};
    for (const auto& field : message) request.headers.emplace_back(field.name_string(), field.value());
    return request;
}

Message to_message(Response&& response, bool keep_alive, bool head) {
    Message message{http::int_to_status(response.status), 11};
    message.result(response.status);
    for (const auto& [name, value] : response.headers) message.set(name, value);
    message.set(http::field::content_type, response.content_type);
    message.keep_alive(keep_alive);
    const std::size_t length = response.body.size();
    if (!head) message.body() = std::move(response.body);
    message.content_length(length);
    return message;
}

/// The answer to what could not be read as a request; nothing when the peer is gone or too slow.
std::optional<Response> answer_to(const error_code& error) {
    if (error == http::error::body_limit) return Response{.status = 413, .body = "body too large\n"};
    if (error == http::error::header_limit) return Response{.status = 431, .body = "headers too large\n"};
    const bool gone =
        error == http::error::end_of_stream || error == http::error::partial_message || error == beast::error::timeout;
    if (gone || error.category() != error_code{http::error::bad_method}.category()) return std::nullopt;
    return Response{.status = 400, .body = "malformed request\n"};
}

/// One connection, from its first request to its end.
class Session {
  public:
    Session(tcp::socket socket, Handler& handler, const ServerLimits& limits)
        : stream_{std::move(socket)}, handler_{handler}, limits_{limits} {}

    Task<> run() {
        while (co_await serve_one()) {
        }
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }

  private:
    /// True when another request may follow.
    Task<bool> serve_one() {
        Parser parser;
        parser.body_limit(limits_.body.value);
        parser.header_limit(static_cast<std::uint32_t>(limits_.headers.value));
        stream_.expires_after(limits_.request_timeout);
        const auto [error, size] = co_await http::async_read(stream_, buffer_, parser, kTuple);
        if (error) {
            auto answer = answer_to(error);
            if (answer) co_await send(to_message(*std::move(answer), false, false));
            co_return false;
        }
        const bool keep_alive = parser.get().keep_alive();
        const bool head = parser.get().method() == http::verb::head;
        stream_.expires_never();
        Response response = co_await handler_.handle(to_request(parser.release()));
        const bool sent = co_await send(to_message(std::move(response), keep_alive, head));
        co_return sent&& keep_alive;
    }

    Task<bool> send(Message message) {
        stream_.expires_after(limits_.response_timeout);
        const auto [error, size] = co_await http::async_write(stream_, message, kTuple);
        co_return !error;
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    Handler& handler_;
    const ServerLimits& limits_;
};

Task<> serve(tcp::socket socket, Handler& handler, const ServerLimits& limits) {
    Session session{std::move(socket), handler, limits};
    co_await session.run();
}

}  // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
    const auto found =
        std::ranges::find_if(headers, [name](const auto& header) { return beast::iequals(header.first, name); });
    if (found == headers.end()) return std::nullopt;
    return found->second;
}

struct Server::State {
    asio::any_io_executor executor;
    Handler& handler;
    ServerLimits limits;
    tcp::acceptor acceptor;
    TaskGroup sessions;
};

Server::Server(const asio::any_io_executor& executor, Handler& handler, ServerLimits limits)
    : state_{new State{executor, handler, limits, tcp::acceptor{executor}, TaskGroup{executor}}} {}
Server::~Server() = default;

Result<> Server::listen(const ListenAddress& address) {
    const tcp::endpoint endpoint{asio::ip::make_address(address.ip), address.port};
    tcp::acceptor& acceptor = state_->acceptor;
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) return {};
    return Failure{
        .kind = FailureKind::kPermanent,
        .message = "cannot listen on " + address.ip + ":" + std::to_string(address.port) + ": " + error.message()};
}

std::uint16_t Server::port() const {
    return state_->acceptor.local_endpoint().port();
}

Task<> Server::run() {
    asio::steady_timer pause{state_->executor};
    while (true) {
        auto [error, socket] = co_await state_->acceptor.async_accept(kTuple);
        if (error == asio::error::operation_aborted) break;
        if (error) {
            // Out of descriptors or the like: it passes.
            pause.expires_after(kPauseAfterAcceptError);
            co_await pause.async_wait(kTuple);
        } else if (state_->sessions.size() < state_->limits.connections) {
            state_->sessions.spawn(serve(std::move(socket), state_->handler, state_->limits));
        }
    }
    // Sessions refer to the handler: they must have ended before the owner of this coroutine goes on.
    state_->sessions.cancel();
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await state_->sessions.join();
}

}  // namespace strongroom::http_server
