#include "shared/runtime/event.hpp"

#include <list>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace strongroom {
namespace asio = boost::asio;

/// Every waiter has a timer of its own, so that one that gives up or is cancelled leaves the others alone.
struct Event::State {
    explicit State(asio::any_io_executor on) : executor{std::move(on)} {}

    struct Waiter {
        explicit Waiter(const asio::any_io_executor& on) : timer{on} {}
        asio::steady_timer timer;
        bool notified = false;
    };

    asio::any_io_executor executor;
    std::list<Waiter> waiters;
};

namespace {

/// Unlinks a waiter however its coroutine ends.
template <class State>
struct Enlisted {
    explicit Enlisted(std::shared_ptr<State> owner)
        : state{std::move(owner)}, at{state->waiters.emplace(state->waiters.end(), state->executor)} {}
    ~Enlisted() { state->waiters.erase(at); }
    Enlisted(const Enlisted&) = delete;
    Enlisted& operator=(const Enlisted&) = delete;

    std::shared_ptr<State> state;
    decltype(State::waiters.begin()) at;
};

}  // namespace

Event::Event(const asio::any_io_executor& executor) : state_{std::make_shared<State>(executor)} {}

Event::~Event() {
    for (auto& waiter : state_->waiters) waiter.timer.cancel();
}

Task<> Event::wait() {
    co_await wait_for(std::chrono::hours{24 * 365});
}

Task<bool> Event::wait_for(std::chrono::milliseconds limit) {
    Enlisted<State> enlisted{state_};
    enlisted.at->timer.expires_after(limit);
    boost::system::error_code error;
    co_await enlisted.at->timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (error && !enlisted.at->notified) throw boost::system::system_error{error};
    co_return enlisted.at->notified;
}

void Event::notify() {
    for (auto& waiter : state_->waiters) {
        waiter.notified = true;
        waiter.timer.cancel();
    }
}

}  // namespace strongroom
