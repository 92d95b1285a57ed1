#include "shared/http/one_shot.hpp"

#include <optional>
#include <utility>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace strongroom::http {
namespace asio = boost::asio;
using boost::system::error_code;

/// Shared with the cancellation slot, which may be asked after the OneShot is gone.
struct OneShot::Waiter {
    using Handler = asio::async_result<asio::use_awaitable_t<>, void(error_code)>::handler_type;

    void complete(error_code error) {
        if (!handler) return;
        auto executor = asio::get_associated_executor(*handler);
        asio::post(executor, [resumed = std::move(*handler), error]() mutable { resumed(error); });
        handler.reset();
    }

    std::optional<Handler> handler;
};

OneShot::~OneShot() {
    if (waiter_) waiter_->complete(asio::error::operation_aborted);
}

Task<> OneShot::wait() {
    if (set_) co_return;
    const auto waiter = std::make_shared<Waiter>();
    waiter_ = waiter;
    const auto enlist = [&waiter](Waiter::Handler handler) {
        auto slot = asio::get_associated_cancellation_slot(handler);
        waiter->handler.emplace(std::move(handler));
        if (!slot.is_connected()) return;
        slot.assign([waiter](asio::cancellation_type) { waiter->complete(asio::error::operation_aborted); });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(error_code)>(enlist, asio::use_awaitable);
}

void OneShot::set() {
    set_ = true;
    if (const auto waiter = std::exchange(waiter_, nullptr)) waiter->complete(error_code{});
}

}  // namespace strongroom::http
