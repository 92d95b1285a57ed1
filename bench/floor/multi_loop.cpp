#include "bench/floor/multi_loop.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <utility>

#include <sys/epoll.h>
#include <unistd.h>

namespace strongroom::bench {
namespace {

using Clock = std::chrono::steady_clock;

int action_of(std::uint32_t events) {
    int action = 0;
    if ((events & (EPOLLIN | EPOLLHUP)) != 0) action |= CURL_CSELECT_IN;
    if ((events & EPOLLOUT) != 0) action |= CURL_CSELECT_OUT;
    if ((events & EPOLLERR) != 0) action |= CURL_CSELECT_ERR;
    return action;
}

std::uint32_t events_of(int what) {
    std::uint32_t events = 0;
    if (what != CURL_POLL_OUT) events |= EPOLLIN;
    if (what != CURL_POLL_IN) events |= EPOLLOUT;
    return events;
}

}  // namespace

MultiLoop::MultiLoop(Ended ended)
    : ended_{std::move(ended)}, epoll_{::epoll_create1(EPOLL_CLOEXEC)}, multi_{curl_multi_init()} {
    if (epoll_ < 0 || !multi_) throw std::runtime_error{"floor: no epoll or no curl multi"};
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
}

MultiLoop::~MultiLoop() {
    multi_.reset();
    ::close(epoll_);
}

void MultiLoop::run(const std::function<bool()>& done) {
    carry_out();
    while (!done()) {
        wait_for_sockets();
        carry_out();
        report_ended();
        fire_timer();
        carry_out();
    }
}

int MultiLoop::on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
    auto& loop = *static_cast<MultiLoop*>(self);
    if (what == CURL_POLL_REMOVE) {
        ::epoll_ctl(loop.epoll_, EPOLL_CTL_DEL, socket, nullptr);
        return 0;
    }
    epoll_event event{};
    event.events = events_of(what);
    event.data.fd = socket;
    ::epoll_ctl(loop.epoll_, known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event);
    if (known == nullptr) curl_multi_assign(loop.multi_.get(), socket, &loop);
    return 0;
}

int MultiLoop::on_timer(CURLM*, long timeout_ms, void* self) {
    auto& loop = *static_cast<MultiLoop*>(self);
    loop.deadline_.reset();
    if (timeout_ms >= 0) loop.deadline_ = Clock::now() + std::chrono::milliseconds{timeout_ms};
    return 0;
}

void MultiLoop::wait_for_sockets() {
    int timeout_ms = 1000;
    if (deadline_) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - Clock::now()).count();
        timeout_ms = static_cast<int>(std::clamp<std::int64_t>(left, 0, timeout_ms));
    }
    std::array<epoll_event, 256> events{};
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms);
    int running = 0;
    for (int i = 0; i < count; ++i) {
        const auto& event = events[static_cast<std::size_t>(i)];
        curl_multi_socket_action(multi_.get(), event.data.fd, action_of(event.events), &running);
    }
}

void MultiLoop::carry_out() {
    while (!added_.empty() || !unpaused_.empty()) {
        for (CURL* easy : std::exchange(added_, {})) curl_multi_add_handle(multi_.get(), easy);
        for (CURL* easy : std::exchange(unpaused_, {})) curl_easy_pause(easy, CURLPAUSE_CONT);
    }
}

void MultiLoop::fire_timer() {
    if (!deadline_ || Clock::now() < *deadline_) return;
    deadline_.reset();
    int running = 0;
    curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
}

void MultiLoop::report_ended() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* easy = message->easy_handle;
        const auto result = message->data.result;
        curl_multi_remove_handle(multi_.get(), easy);
        ended_(easy, result);
    }
}

}  // namespace strongroom::bench
