#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

namespace strongroom::http {

/// A level-triggered epoll set that Asio knows as one descriptor: many sockets, one wait. One thread.
class EpollSet {
  public:
    /// `on_ready` runs on the executor when something may be ready; it is to call `poll`.
    EpollSet(const boost::asio::any_io_executor& executor, std::function<void()> on_ready);
    ~EpollSet();
    EpollSet(const EpollSet&) = delete;
    EpollSet& operator=(const EpollSet&) = delete;

    /// Which of EPOLLIN and EPOLLOUT to report for a descriptor, which stays the caller's. `is_known`: it is watched
    /// already (a hint that saves a system call). False when the system refuses.
    bool watch(int descriptor, std::uint32_t events, bool is_known);
    /// Harmless when the descriptor is closed already.
    void forget(int descriptor);
    /// Starts waiting; does nothing when it waits already.
    void start();
    /// Ends the wait, so that an idle set does not keep the context running.
    void stop();
    /// Hands each ready descriptor and its events to `visit`; never blocks. `visit` may call `watch`.
    void poll(const std::function<void(int, std::uint32_t)>& visit);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace strongroom::http
