#pragma once

#include <cstddef>
#include <list>
#include <utility>

#include <boost/asio/any_io_executor.hpp>

#include "shared/runtime/event.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom {

/// A limit on how many coroutines of one thread do something at once; first come, first served. It outlives its permits
/// and its waiters.
class Semaphore {
  public:
    Semaphore(const boost::asio::any_io_executor& executor, std::size_t permits)
        : executor_{executor}, free_{permits} {}
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;

    /// Gives its permit back when it goes.
    class Permit {
      public:
        Permit() = default;
        explicit Permit(Semaphore& of) : of_{&of} {}
        Permit(Permit&& other) noexcept : of_{std::exchange(other.of_, nullptr)} {}
        Permit& operator=(Permit&& other) noexcept {
            std::swap(of_, other.of_);
            return *this;
        }
        ~Permit() {
            if (of_ != nullptr) of_->give_back();
        }

      private:
        Semaphore* of_ = nullptr;
    };

    /// Completes when a permit is there.
    Task<Permit> acquire();
    [[nodiscard]] std::size_t free() const { return free_; }

  private:
    struct Waiter;
    struct Enlisted;
    void give_back();

    boost::asio::any_io_executor executor_;
    std::size_t free_;
    std::list<Waiter*> waiters_;
};

}  // namespace strongroom
