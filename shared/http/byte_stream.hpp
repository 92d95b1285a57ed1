#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <utility>

namespace strongroom::http {

/// Where the body of a download goes. Called on the loop's thread from inside the transfer: do not start or end
/// exchanges from here, only call `wake_producer`.
class ByteSink {
  public:
    enum class Accept {
        kTaken,  ///< all bytes were consumed
        kPause,  ///< none were; the same bytes come again after `wake_producer`
        kAbort,  ///< end the exchange (its failure is transient, Cause::kCancelled)
    };

    virtual ~ByteSink() = default;
    virtual Accept accept(std::span<const std::byte> bytes) = 0;

    /// Set by the exchange that feeds this sink for as long as it runs; queued, so safe to call from a callback.
    void on_wake_producer(std::function<void()> wake) { wake_producer_ = std::move(wake); }

  protected:
    /// Tells the exchange that paused bytes can be taken now. Does nothing when none feeds this sink.
    void wake_producer() const {
        if (wake_producer_) wake_producer_();
    }

  private:
    std::function<void()> wake_producer_;
};

/// Where the body of an upload comes from. Same thread and same rules as ByteSink.
class ByteSource {
  public:
    struct Read {
        enum class State { kBytes, kPause, kEnd, kAbort };
        State state = State::kEnd;
        std::size_t count = 0;  ///< bytes put into the buffer, with kBytes (at least 1)
    };

    virtual ~ByteSource() = default;
    virtual Read read(std::span<std::byte> buffer) = 0;

    void on_wake_consumer(std::function<void()> wake) { wake_consumer_ = std::move(wake); }

  protected:
    /// Tells the exchange that a paused read can go on. Does nothing when none reads from this source.
    void wake_consumer() const {
        if (wake_consumer_) wake_consumer_();
    }

  private:
    std::function<void()> wake_consumer_;
};

}  // namespace strongroom::http
