#include <exception>
#include <iostream>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/system_error.hpp>

#include "shared/runtime/shutdown_signal.hpp"
#include "shared/runtime/task_group.hpp"
#include "tests/simulator/command_line.hpp"
#include "tests/simulator/server.hpp"

namespace {

namespace asio = boost::asio;
using namespace strongroom;
using asio::ip::tcp;

/// The server ends with the group, so the signal's task owns nothing but the wish to end it.
Task<> stop_on_signal(TaskGroup& tasks) {
    co_await wait_for_shutdown_signal();
    tasks.cancel();
}

void run(simulator::Options options) {
    asio::io_context loop{1};
    tcp::acceptor acceptor{loop, tcp::endpoint{asio::ip::make_address(options.address), options.port}};
    const auto url = "http://" + options.address + ":" + std::to_string(acceptor.local_endpoint().port());
    if (options.platform.public_url.empty()) options.platform.public_url = url;
    SystemTime time;
    SystemRandom random;
    Event faults_lifted{loop.get_executor()};
    simulator::Platform platform{time, random, [&faults_lifted] { faults_lifted.notify(); },
                                 std::move(options.platform)};
    simulator::Service service{platform, faults_lifted, options.media};
    TaskGroup tasks{loop.get_executor()};
    tasks.spawn(simulator::serve(std::move(acceptor), service));
    tasks.spawn(stop_on_signal(tasks));
    std::cout << "listening on " << url << std::endl;
    loop.run();
}

}  // namespace

int main(int argc, char** argv) {
    int exit_code = 0;
    auto options = simulator::read_command_line(argc, argv, exit_code);
    if (!options) return exit_code;
    try {
        run(std::move(*options));
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "strongroom-simulator: " << error.what() << '\n';
        return 1;
    }
}
