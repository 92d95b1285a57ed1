#include "shared/http/epoll_set.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>

#include <sys/epoll.h>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace strongroom::http {
namespace asio = boost::asio;
namespace {

constexpr std::size_t kEventsPerPoll = 64;

int make_epoll() {
    const int descriptor = epoll_create1(EPOLL_CLOEXEC);
    if (descriptor < 0) throw std::system_error{errno, std::system_category(), "epoll_create1"};
    return descriptor;
}

}  // namespace

struct EpollSet::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor, std::function<void()> ready)
        : descriptor{executor, make_epoll()}, on_ready{std::move(ready)} {}

    void wait() {
        descriptor.async_wait(asio::posix::descriptor_base::wait_read,
                              [self = shared_from_this(), mine = round](boost::system::error_code error) {
                                  if (error || mine != self->round) return;
                                  self->on_ready();
                                  if (mine == self->round) self->wait();
                              });
    }

    asio::posix::stream_descriptor descriptor;
    std::function<void()> on_ready;
    bool waiting = false;
    /// Which start the wait belongs to: one that completes after `stop` is not to go on.
    std::uint64_t round = 0;
};

EpollSet::EpollSet(const asio::any_io_executor& executor, std::function<void()> on_ready)
    : state_{std::make_shared<State>(executor, std::move(on_ready))} {}

EpollSet::~EpollSet() {
    stop();
    state_->descriptor.close();
}

bool EpollSet::watch(int descriptor, std::uint32_t events, bool is_known) {
    const int set = state_->descriptor.native_handle();
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    const int likely = is_known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    const int other = is_known ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    return epoll_ctl(set, likely, descriptor, &event) == 0 || epoll_ctl(set, other, descriptor, &event) == 0;
}

void EpollSet::forget(int descriptor) {
    epoll_event unused{};
    epoll_ctl(state_->descriptor.native_handle(), EPOLL_CTL_DEL, descriptor, &unused);
}

void EpollSet::start() {
    if (state_->waiting) return;
    state_->waiting = true;
    ++state_->round;
    state_->wait();
}

void EpollSet::stop() {
    if (!state_->waiting) return;
    state_->waiting = false;
    ++state_->round;
    state_->descriptor.cancel();
}

void EpollSet::poll(const std::function<void(int, std::uint32_t)>& visit) {
    std::array<epoll_event, kEventsPerPoll> events;
    const int count = epoll_wait(state_->descriptor.native_handle(), events.data(), static_cast<int>(events.size()), 0);
    for (int i = 0; i < count; ++i)
        visit(events[static_cast<std::size_t>(i)].data.fd, events[static_cast<std::size_t>(i)].events);
}

}  // namespace strongroom::http
