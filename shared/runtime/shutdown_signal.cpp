#include "shared/runtime/shutdown_signal.hpp"

#include <csignal>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strongroom {

Task<int> wait_for_shutdown_signal() {
    boost::asio::signal_set signals{co_await boost::asio::this_coro::executor, SIGTERM, SIGINT};
    const int number = co_await signals.async_wait(boost::asio::use_awaitable);
    co_return number;
}

}  // namespace strongroom
