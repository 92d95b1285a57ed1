#include "tests/simulator/connection.hpp"

#include <iostream>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/system_error.hpp>

#include "tests/simulator/reply_writer.hpp"

namespace strongroom::simulator {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace {

using Socket = asio::ip::tcp::socket;
using Parser = http::request_parser<http::string_body>;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

constexpr std::uint32_t kHeaderLimit = 16U * 1024U;
constexpr std::uint64_t kBodyLimit = 1024U * 1024U;

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

Request make_request(const Parser::value_type& message) {
    const auto target = view(message.target());
    const auto mark = target.find('?');
    const auto query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    return {.method = view(message.method_string()),
            .path = target.substr(0, mark),
            .query = query,
            .authorization = view(message[http::field::authorization]),
            .content_type = view(message[http::field::content_type]),
            .range = view(message[http::field::range]),
            .if_match = view(message[http::field::if_match]),
            .if_range = view(message[http::field::if_range]),
            .body = message.body()};
}

/// Reads one request. False when there is none (closed, or not HTTP).
Task<bool> read_request(Socket& socket, beast::flat_buffer& buffer, Parser& parser) {
    parser.header_limit(kHeaderLimit);
    parser.body_limit(kBodyLimit);
    const auto [failed, head_bytes] = co_await http::async_read_header(socket, buffer, parser, kAwait);
    if (failed) co_return false;
    if (parser.is_done()) co_return true;
    if (parser.get()[http::field::expect] == "100-continue") {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(socket, asio::buffer(kContinue), asio::use_awaitable);
    }
    const auto [broken, body_bytes] = co_await http::async_read(socket, buffer, parser, kAwait);
    co_return !broken;
}

Task<bool> serve_request(Socket& socket, beast::flat_buffer& buffer, Service& service) {
    Parser parser;
    if (!co_await read_request(socket, buffer, parser)) co_return false;
    const bool keep_alive = parser.get().keep_alive();
    const Answer answer = service.platform.answer(make_request(parser.get()));
    const bool again = co_await write_answer(socket, service.faults_lifted, service.mode, answer, keep_alive);
    co_return again;
}

}  // namespace

Task<> serve_connection(Socket socket, Service& service) {
    beast::flat_buffer buffer;
    boost::system::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay{true}, ignored);
    try {
        while (co_await serve_request(socket, buffer, service)) {
        }
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
    } catch (const std::exception& error) {
        std::cerr << "strongroom-simulator: connection closed: " << error.what() << '\n';
    }
    socket.shutdown(Socket::shutdown_both, ignored);
}

}  // namespace strongroom::simulator
