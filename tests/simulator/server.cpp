#include "tests/simulator/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "shared/runtime/sleeper.hpp"
#include "shared/runtime/task_group.hpp"

namespace strongroom::simulator {
namespace asio = boost::asio;

Task<> serve(asio::ip::tcp::acceptor acceptor, Service& service) {
    TaskGroup connections{acceptor.get_executor()};
    TimerSleeper sleeper;
    for (;;) {
        auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
        if (error == asio::error::operation_aborted) throw boost::system::system_error{error};
        if (error) {
            // Most likely out of descriptors: others will be closed.
            co_await sleeper.sleep_for(std::chrono::milliseconds{100});
            continue;
        }
        connections.spawn(serve_connection(std::move(socket), service));
    }
}

}  // namespace strongroom::simulator
