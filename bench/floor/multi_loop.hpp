#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "bench/floor/curl_handles.hpp"

namespace strongroom::bench {

/// libcurl multi on one level-triggered epoll: sockets and timer of all transfers, nothing else.
class MultiLoop {
  public:
    /// Told when a transfer has ended; the handle is out of the multi then. Outlives the loop.
    using Ended = std::function<void(CURL*, CURLcode)>;
    explicit MultiLoop(Ended ended);
    ~MultiLoop();
    MultiLoop(const MultiLoop&) = delete;
    MultiLoop& operator=(const MultiLoop&) = delete;

    /// Both are carried out after curl's callbacks have returned: curl allows neither from inside them.
    void add(CURL* easy) { added_.push_back(easy); }
    void unpause(CURL* easy) { unpaused_.push_back(easy); }

    /// Goes on until `done` says so; it is asked after every round.
    void run(const std::function<bool()>& done);

  private:
    static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* known);
    static int on_timer(CURLM* multi, long timeout_ms, void* self);
    void wait_for_sockets();
    void carry_out();
    void fire_timer();
    void report_ended();

    Ended ended_;
    int epoll_;
    MultiHandle multi_;
    std::optional<std::chrono::steady_clock::time_point> deadline_;
    std::vector<CURL*> added_;
    std::vector<CURL*> unpaused_;
};

}  // namespace strongroom::bench
