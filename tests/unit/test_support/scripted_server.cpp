#include "test_support/scripted_server.hpp"

#include <algorithm>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "shared/runtime/task_group.hpp"

namespace strongroom::test {
namespace asio = boost::asio;
using asio::ip::tcp;

ServerStep read_head() {
    return {.action = ServerStep::Do::kReadHead};
}
ServerStep read_bytes(std::size_t count) {
    return {.action = ServerStep::Do::kReadBytes, .count = count};
}
ServerStep send(std::string bytes) {
    return {.action = ServerStep::Do::kSend, .bytes = std::move(bytes)};
}
ServerStep reset() {
    return {.action = ServerStep::Do::kReset};
}
ServerStep hang() {
    return {.action = ServerStep::Do::kHang};
}

ServerStep send_response(const std::string& status_line, const std::string& body, const std::string& fields) {
    return send("HTTP/1.1 " + status_line + "\r\n" + fields + "Content-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body);
}

struct ScriptedServer::State {
    State(asio::io_context& context, std::vector<ConnectionScript> all)
        : acceptor{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}},
          group{context.get_executor()},
          scripts{std::move(all)} {}

    static Task<> serve(std::shared_ptr<State> self) {
        while (self->connections < self->scripts.size()) {
            tcp::socket socket = co_await self->acceptor.async_accept(asio::use_awaitable);
            const std::size_t number = self->connections++;
            self->group.spawn(play(self, std::move(socket), number));
        }
        self->acceptor.close();
    }

    static Task<> play(std::shared_ptr<State> self, tcp::socket socket, std::size_t number) {
        std::string buffer;
        boost::system::error_code error;
        for (const ServerStep& step : self->scripts[number]) {
            error = co_await run(*self, step, socket, buffer);
            if (error) co_return;
        }
        socket.shutdown(tcp::socket::shutdown_both, error);
    }

    static Task<boost::system::error_code> run(State& self, const ServerStep& step, tcp::socket& socket,
                                               std::string& buffer) {
        boost::system::error_code error;
        const auto token = [&error] { return asio::redirect_error(asio::use_awaitable, error); };
        switch (step.action) {
            case ServerStep::Do::kReadHead: {
                const std::size_t end =
                    co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n", token());
                self.heads.push_back(buffer.substr(0, end));
                buffer.erase(0, end);
                break;
            }
            case ServerStep::Do::kReadBytes: {
                const std::size_t missing = step.count - std::min(step.count, buffer.size());
                co_await asio::async_read(socket, asio::dynamic_buffer(buffer), asio::transfer_exactly(missing),
                                          token());
                self.received.append(buffer, 0, step.count);
                buffer.erase(0, step.count);
                break;
            }
            case ServerStep::Do::kSend:
                co_await asio::async_write(socket, asio::buffer(step.bytes), token());
                break;
            case ServerStep::Do::kReset:
                socket.set_option(asio::socket_base::linger{true, 0});
                socket.close();
                error = asio::error::connection_reset;
                break;
            case ServerStep::Do::kHang:
                co_await asio::async_read(socket, asio::dynamic_buffer(buffer), token());
                break;
        }
        co_return error;
    }

    tcp::acceptor acceptor;
    unsigned port = acceptor.local_endpoint().port();
    TaskGroup group;
    std::vector<ConnectionScript> scripts;
    std::vector<std::string> heads;
    std::string received;
    std::size_t connections = 0;
};

ScriptedServer::ScriptedServer(asio::io_context& context, std::vector<ConnectionScript> scripts)
    : state_{std::make_shared<State>(context, std::move(scripts))} {
    state_->group.spawn(State::serve(state_));
}

ScriptedServer::~ScriptedServer() {
    state_->group.cancel();
}

std::string ScriptedServer::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(state_->port) + path;
}

const std::vector<std::string>& ScriptedServer::heads() const {
    return state_->heads;
}
const std::string& ScriptedServer::received() const {
    return state_->received;
}
std::size_t ScriptedServer::connections() const {
    return state_->connections;
}

}  // namespace strongroom::test
