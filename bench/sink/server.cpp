#include "bench/sink/server.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <iostream>
#include <memory>
#include <system_error>
#include <unordered_map>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

#include "bench/sink/connection.hpp"

namespace strongroom::bench {
namespace {

Descriptor require(int fd, const char* what) {
    if (fd < 0) throw std::system_error{errno, std::generic_category(), what};
    return Descriptor{fd};
}

Descriptor listen_on(const std::string& address, std::uint16_t port) {
    auto listener = require(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
    const int on = 1;
    ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    if (::inet_pton(AF_INET, address.c_str(), &at.sin_addr) != 1 ||
        ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
        ::listen(listener.get(), 1024) != 0) {
        throw std::system_error{errno, std::generic_category(), "listen on " + address};
    }
    return listener;
}

std::uint16_t port_of(const Descriptor& listener) {
    sockaddr_in at{};
    socklen_t size = sizeof at;
    ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&at), &size);
    return ntohs(at.sin_port);
}

/// A file in memory with bytes that do not compress.
Descriptor make_pattern() {
    auto file = require(::memfd_create("pattern", MFD_CLOEXEC), "memfd_create");
    std::vector<char> bytes(Connection::kPattern);
    std::uint32_t state = 1;
    for (auto& byte : bytes) byte = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
    if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
        throw std::system_error{errno, std::generic_category(), "write the pattern"};
    }
    return file;
}

Descriptor watch_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    return require(::signalfd(-1, &signals, SFD_CLOEXEC), "signalfd");
}

class Loop {
  public:
    explicit Loop(Descriptor listener) : listener_{std::move(listener)} {
        watch(listener_.get(), EPOLLIN);
        watch(stop_.get(), EPOLLIN);
    }

    void run() {
        std::array<epoll_event, 256> events{};
        for (;;) {
            const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < count; ++i) {
                const int fd = events[static_cast<std::size_t>(i)].data.fd;
                if (fd == stop_.get()) return;
                fd == listener_.get() ? accept_all() : progress(fd);
            }
        }
    }

  private:
    void watch(int fd, std::uint32_t events) {
        epoll_event event{};
        event.events = events;
        event.data.fd = fd;
        if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
            throw std::system_error{errno, std::generic_category(), "epoll_ctl"};
        }
    }

    void accept_all() {
        for (;;) {
            Descriptor socket{::accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
            const int fd = socket.get();
            if (fd < 0) return;
            const int on = 1;
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            connections_.insert_or_assign(fd,
                                          std::make_unique<Connection>(std::move(socket), pattern_.get(), replies_));
            watch(fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
        }
    }

    void progress(int fd) {
        const auto found = connections_.find(fd);
        if (found != connections_.end() && !found->second->progress()) connections_.erase(found);
    }

    Descriptor epoll_ = require(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    Descriptor listener_;
    Descriptor stop_ = watch_signals();
    Descriptor pattern_ = make_pattern();
    Replies replies_;
    std::unordered_map<int, std::unique_ptr<Connection>> connections_;
};

}  // namespace

void serve(const std::string& address, std::uint16_t port) {
    auto listener = listen_on(address, port);
    const auto actual = port_of(listener);
    Loop loop{std::move(listener)};
    std::cout << "listening on http://" << address << ":" << actual << std::endl;
    loop.run();
}

}  // namespace strongroom::bench
