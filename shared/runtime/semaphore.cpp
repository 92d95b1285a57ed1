#include "shared/runtime/semaphore.hpp"

namespace strongroom {

struct Semaphore::Waiter {
    explicit Waiter(const boost::asio::any_io_executor& executor) : event{executor} {}
    Event event;
    bool granted = false;
};

/// A place in the queue; one that is left before its turn, or cancelled after it, passes the permit on.
struct Semaphore::Enlisted {
    explicit Enlisted(Semaphore& owner) : of{owner}, waiter{owner.executor_} { of.waiters_.push_back(&waiter); }
    ~Enlisted() {
        if (!waiter.granted) {
            of.waiters_.remove(&waiter);
        } else if (!taken) {
            of.give_back();
        }
    }
    Enlisted(const Enlisted&) = delete;
    Enlisted& operator=(const Enlisted&) = delete;

    Semaphore& of;
    Waiter waiter;
    bool taken = false;
};

Task<Semaphore::Permit> Semaphore::acquire() {
    if (free_ > 0) {
        --free_;
        co_return Permit{*this};
    }
    Enlisted place{*this};
    while (!place.waiter.granted) co_await place.waiter.event.wait();
    place.taken = true;
    co_return Permit{*this};
}

void Semaphore::give_back() {
    if (waiters_.empty()) {
        ++free_;
        return;
    }
    Waiter* next = waiters_.front();
    waiters_.pop_front();
    next->granted = true;
    next->event.notify();
}

}  // namespace strongroom
