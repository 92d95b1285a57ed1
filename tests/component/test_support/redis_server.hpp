#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace strongroom::test {

/// A redis-server of its own on a free loopback port, without persistence, in a directory of its own. Answers when the
/// constructor returns; ended by the destructor. Throws std::runtime_error when it cannot be started.
class RedisServer {
  public:
    /// `options` are appended to the command line (`--requirepass`, `secret`). `port_option` is `--port` or
    /// `--tls-port`.
    explicit RedisServer(std::vector<std::string> options = {}, std::string port_option = "--port");
    ~RedisServer();
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url() const { return "redis://127.0.0.1:" + std::to_string(port_); }

    void stop();
    /// On the same port, empty.
    void start();
    /// Keeps the process from answering (SIGSTOP) until `thaw`.
    void freeze() const;
    void thaw() const;

  private:
    std::vector<std::string> options_;
    std::string port_option_;
    std::filesystem::path directory_;
    std::uint16_t port_;
    pid_t process_ = -1;
};

}  // namespace strongroom::test
