#pragma once

#include <cstddef>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "shared/base/time_source.hpp"
#include "shared/http/curl_handles.hpp"

namespace strongroom::http {

/// What CurlMulti drives. It must leave (`remove`) before it goes.
class CurlTransfer {
  public:
    /// The transfer ended and has left the multi handle.
    virtual void ended(CURLcode code) = 0;
    /// Called from the queue that `queue_unpause` fills: the place to call curl_easy_pause.
    virtual void unpause() = 0;
    /// Now and then, to look whether it still makes progress. It may leave.
    virtual void check_progress(SteadyTime now) = 0;
    /// The loop goes while the transfer runs. It has left.
    virtual void abandoned() = 0;

  protected:
    ~CurlTransfer() = default;

  private:
    friend class CurlMulti;
    std::size_t position_ = 0;
    bool is_queued_ = false;
};

struct CurlMultiLimits {
    std::chrono::milliseconds watch_interval{1'000};
    long max_connections = 256;
    long idle_connections = 128;
    std::size_t idle_handles = 128;
};

/// libcurl's multi handle on an Asio executor: one epoll descriptor for all sockets, one timer, and a queue for
/// unpausing, because handles are never added, removed or unpaused inside curl's callbacks. Runs nothing when it has no
/// transfers. One thread. Transfers share its ownership, so that one that outlives the CurlLoop finds it closed instead
/// of gone.
class CurlMulti {
  public:
    CurlMulti(const boost::asio::any_io_executor& executor, const TimeSource& time, CurlMultiLimits limits);
    ~CurlMulti();
    CurlMulti(const CurlMulti&) = delete;
    CurlMulti& operator=(const CurlMulti&) = delete;

    /// A handle without any option set; handles are kept for reuse.
    EasyHandle acquire();
    void release(EasyHandle easy);

    /// Starts the transfer on the next turn of the loop; `is_watched` asks for `check_progress`. False when closed.
    bool add(CURL* easy, CurlTransfer& transfer, bool is_watched);
    /// Ends a running transfer at once (its connection is closed).
    void remove(CURL* easy, CurlTransfer& transfer);
    /// Callable from curl's callbacks.
    void queue_unpause(CurlTransfer& transfer);
    void close();

    [[nodiscard]] SteadyTime now() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace strongroom::http
