#include "test_support/redis_server.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace strongroom::test {
namespace {

using boost::asio::ip::tcp;

std::uint16_t free_port() {
    boost::asio::io_context context;
    const tcp::acceptor acceptor{context, tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0}};
    return acceptor.local_endpoint().port();
}

std::filesystem::path make_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "strongroom-redis-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create a directory for redis-server");
    return name;
}

bool accepts(std::uint16_t port) {
    boost::asio::io_context context;
    tcp::socket socket{context};
    boost::system::error_code error;
    socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
    return !error;
}

pid_t spawn(std::vector<std::string> arguments, const std::filesystem::path& log) {
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    pid_t process = -1;
    const int error = posix_spawnp(&process, pointers[0], &files, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0) throw std::runtime_error("cannot start redis-server (apt-get install redis-server)");
    return process;
}

}  // namespace

RedisServer::RedisServer(std::vector<std::string> options, std::string port_option)
    : options_{std::move(options)},
      port_option_{std::move(port_option)},
      directory_{make_directory()},
      port_{free_port()} {
    start();
}

RedisServer::~RedisServer() {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void RedisServer::start() {
    std::vector<std::string> arguments{"redis-server",        "--bind", "127.0.0.1", "--port",       "0",  port_option_,
                                       std::to_string(port_), "--save", "",          "--appendonly", "no", "--dir",
                                       directory_.string()};
    arguments.insert(arguments.end(), options_.begin(), options_.end());
    process_ = spawn(std::move(arguments), directory_ / "log");
    for (int attempt = 0; attempt < 1'000; ++attempt) {
        if (accepts(port_)) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    throw std::runtime_error("redis-server did not start within ten seconds");
}

void RedisServer::stop() {
    if (process_ < 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = -1;
}

void RedisServer::freeze() const {
    kill(process_, SIGSTOP);
}
void RedisServer::thaw() const {
    kill(process_, SIGCONT);
}

}  // namespace strongroom::test
