#include "test_support/loopback_client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace strongroom::test {

Task<std::string> exchange(std::uint16_t port, std::string bytes) {
    namespace asio = boost::asio;
    asio::ip::tcp::socket socket{co_await asio::this_coro::executor};
    const asio::ip::tcp::endpoint peer{asio::ip::address_v4::loopback(), port};
    co_await socket.async_connect(peer, asio::use_awaitable);
    const auto tuple = asio::as_tuple(asio::use_awaitable);
    co_await asio::async_write(socket, asio::buffer(bytes), tuple);
    std::string answer;
    co_await asio::async_read(socket, asio::dynamic_buffer(answer), tuple);
    co_return answer;
}

}  // namespace strongroom::test
