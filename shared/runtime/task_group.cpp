#include "shared/runtime/task_group.hpp"

#include <exception>
#include <list>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>

#include "shared/runtime/event.hpp"

namespace strongroom {
namespace asio = boost::asio;

struct TaskGroup::State : std::enable_shared_from_this<State> {
    explicit State(asio::any_io_executor on) : executor{std::move(on)}, changed{executor} {}

    /// Cancels from a fresh stack: a child may be the one that asks.
    void cancel_all() {
        closed = true;
        asio::post(executor, [self = shared_from_this()] {
            for (auto it = self->children.begin(); it != self->children.end();) {
                auto& child = *it++;
                child.emit(asio::cancellation_type::terminal);
            }
        });
    }

    void ended(std::list<asio::cancellation_signal>::iterator child, const std::exception_ptr& error) {
        // The signal must outlive the handler that is running now.
        asio::post(executor, [self = shared_from_this(), child] {
            self->children.erase(child);
            if (self->children.empty()) self->changed.notify();
        });
        if (!error || is_cancellation(error)) return;
        if (!first_error) first_error = error;
        cancel_all();
    }

    static bool is_cancellation(const std::exception_ptr& error) {
        try {
            std::rethrow_exception(error);
        } catch (const boost::system::system_error& e) {
            return e.code() == asio::error::operation_aborted;
        } catch (...) {
            return false;
        }
    }

    asio::any_io_executor executor;
    Event changed;
    std::list<asio::cancellation_signal> children;
    std::exception_ptr first_error;
    bool closed = false;
};

TaskGroup::TaskGroup(const asio::any_io_executor& executor) : state_{std::make_shared<State>(executor)} {}

TaskGroup::~TaskGroup() {
    cancel();
}

void TaskGroup::spawn(Task<> child) {
    if (state_->closed) return;
    const auto at = state_->children.emplace(state_->children.end());
    asio::co_spawn(state_->executor, std::move(child),
                   asio::bind_cancellation_slot(
                       at->slot(), [state = state_, at](const std::exception_ptr& error) { state->ended(at, error); }));
}

void TaskGroup::cancel() {
    if (!state_->children.empty()) state_->cancel_all();
    state_->closed = true;
}

Task<> TaskGroup::join() {
    const auto state = state_;
    while (!state->children.empty()) co_await state->changed.wait();
    if (state->first_error) std::rethrow_exception(state->first_error);
}

std::size_t TaskGroup::size() const {
    return state_->children.size();
}

}  // namespace strongroom
