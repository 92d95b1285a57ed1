#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "bench/sink/descriptor.hpp"
#include "bench/sink/replies.hpp"
#include "bench/sink/request_head.hpp"

namespace strongroom::bench {

/// One keep-alive connection on an edge-triggered epoll. Bodies are thrown away inside the kernel (MSG_TRUNC) and media
/// leaves by sendfile, so that both ends cost a fraction of the client's CPU.
class Connection {
  public:
    /// `pattern` is a file of kPattern bytes; it and `replies` outlive the connection.
    static constexpr std::uint64_t kPattern = 1U << 20U;
    Connection(Descriptor socket, int pattern, Replies& replies)
        : socket_{std::move(socket)}, pattern_{pattern}, replies_{replies} {}

    /// Goes on until the socket would block. False when the connection has ended.
    bool progress();

  private:
    enum class Step { kAgain, kBlocked, kEnded };
    Step flush();
    Step send_media();
    Step read_head();
    Step start_request();
    Step read_body();
    Step read_tail();
    void take_buffered_body();
    void finish_request();

    Descriptor socket_;
    int pattern_;
    Replies& replies_;
    std::string received_;             ///< not yet understood
    std::optional<RequestHead> head_;  ///< of the request whose body is being read
    std::uint64_t body_left_ = 0;
    std::size_t tail_wanted_ = 0;  ///< bytes at the body's end that are kept
    std::string tail_;
    std::string out_;  ///< not yet sent
    std::uint64_t media_left_ = 0;
    std::uint64_t media_sent_ = 0;
};

}  // namespace strongroom::bench
