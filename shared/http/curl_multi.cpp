#include "shared/http/curl_multi.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <sys/epoll.h>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "shared/http/epoll_set.hpp"

namespace strongroom::http {
namespace asio = boost::asio;
using std::chrono::milliseconds;
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRoundsPerTurn = 16;

void check(CURLMcode code, const char* what) {
    if (code != CURLM_OK) throw std::runtime_error(std::string{what} + ": " + curl_multi_strerror(code));
}

int curl_mask(std::uint32_t events) {
    int mask = 0;
    if ((events & EPOLLIN) != 0) mask |= CURL_CSELECT_IN;
    if ((events & EPOLLOUT) != 0) mask |= CURL_CSELECT_OUT;
    // A reset or half-closed connection: curl finds out by reading or writing.
    if ((events & (EPOLLERR | EPOLLHUP)) != 0) mask |= CURL_CSELECT_IN | CURL_CSELECT_OUT | CURL_CSELECT_ERR;
    return mask;
}

std::uint32_t epoll_events(int what) {
    std::uint32_t events = 0;
    if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) events |= EPOLLIN;
    if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) events |= EPOLLOUT;
    return events;
}

}  // namespace

struct CurlMulti::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& on, const TimeSource& clock, CurlMultiLimits most)
        : executor{on}, time{clock}, limits{most}, sockets{on, [this] { turn(); }}, timer{on}, watch_timer{on} {
        CURLM* handle = multi.get();
        if (handle == nullptr) throw std::runtime_error("curl_multi_init failed");
        check(curl_multi_setopt(handle, CURLMOPT_SOCKETFUNCTION, &State::on_socket), "curl_multi_setopt");
        check(curl_multi_setopt(handle, CURLMOPT_SOCKETDATA, this), "curl_multi_setopt");
        check(curl_multi_setopt(handle, CURLMOPT_TIMERFUNCTION, &State::on_timer), "curl_multi_setopt");
        check(curl_multi_setopt(handle, CURLMOPT_TIMERDATA, this), "curl_multi_setopt");
        check(curl_multi_setopt(handle, CURLMOPT_PIPELINING, CURLPIPE_NOTHING), "curl_multi_setopt");
        check(curl_multi_setopt(handle, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.max_connections), "curl_multi_setopt");
        check(curl_multi_setopt(handle, CURLMOPT_MAXCONNECTS, limits.idle_connections), "curl_multi_setopt");
    }

    static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known);
    static int on_timer(CURLM*, long timeout_ms, void* self);

    void turn();
    void run_queue();
    void run_timer();
    void collect_ended();
    void schedule_turn();
    void arm_timer();
    void arm_watch();
    void enlist(CurlTransfer& transfer);
    void dismiss(CurlTransfer& transfer);
    void close();

    asio::any_io_executor executor;
    const TimeSource& time;
    CurlMultiLimits limits;
    /// Before the multi handle, which reports closed sockets while it goes.
    EpollSet sockets;
    asio::steady_timer timer;
    asio::steady_timer watch_timer;
    std::vector<EasyHandle> idle;
    MultiHandle multi{curl_multi_init()};
    std::vector<CurlTransfer*> running;
    std::vector<CurlTransfer*> queue;
    std::vector<CurlTransfer*> unpausing;
    std::optional<Clock::time_point> deadline;  ///< when curl wants to be called
    std::optional<Clock::time_point> armed;     ///< when the timer will fire
    bool in_turn = false;
    bool turn_scheduled = false;
    bool watching = false;
    bool closed = false;
};

int CurlMulti::State::on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
    auto& state = *static_cast<State*>(self);
    if (what == CURL_POLL_REMOVE) {
        state.sockets.forget(socket);
        return 0;
    }
    if (!state.sockets.watch(socket, epoll_events(what), known != nullptr)) return -1;
    if (known == nullptr) curl_multi_assign(state.multi.get(), socket, self);
    return 0;
}

int CurlMulti::State::on_timer(CURLM*, long timeout_ms, void* self) {
    auto& state = *static_cast<State*>(self);
    state.deadline.reset();
    if (timeout_ms >= 0) state.deadline = Clock::now() + milliseconds{timeout_ms};
    if (state.in_turn) return 0;
    if (timeout_ms == 0) {
        state.schedule_turn();
    } else {
        state.arm_timer();
    }
    return 0;
}

/// One turn of the loop: what is ready, then what was paused, then the timer, until nothing is left to do at once. The
/// rounds are bounded, so that two streams that feed each other do not starve the rest of the executor.
void CurlMulti::State::turn() {
    if (closed || in_turn) return;
    const auto self = shared_from_this();
    in_turn = true;
    sockets.poll([this](int socket, std::uint32_t events) {
        int unused = 0;
        curl_multi_socket_action(multi.get(), socket, curl_mask(events), &unused);
    });
    for (int round = 0; round < kRoundsPerTurn; ++round) {
        run_queue();
        run_timer();
        if (queue.empty()) break;
    }
    in_turn = false;
    collect_ended();
    if (!queue.empty()) schedule_turn();
    arm_timer();
}

void CurlMulti::State::run_queue() {
    unpausing.swap(queue);
    for (std::size_t i = 0; i < unpausing.size(); ++i) {
        CurlTransfer* transfer = std::exchange(unpausing[i], nullptr);
        if (transfer == nullptr) continue;
        transfer->is_queued_ = false;
        transfer->unpause();
    }
    unpausing.clear();
}

void CurlMulti::State::run_timer() {
    if (!deadline || *deadline > Clock::now()) return;
    deadline.reset();
    int unused = 0;
    curl_multi_socket_action(multi.get(), CURL_SOCKET_TIMEOUT, 0, &unused);
}

void CurlMulti::State::collect_ended() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* easy = message->easy_handle;
        const CURLcode code = message->data.result;
        char* owner = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
        auto& transfer = *reinterpret_cast<CurlTransfer*>(owner);
        curl_multi_remove_handle(multi.get(), easy);
        dismiss(transfer);
        transfer.ended(code);
    }
}

void CurlMulti::State::schedule_turn() {
    if (std::exchange(turn_scheduled, true)) return;
    asio::post(executor, [self = shared_from_this()] {
        self->turn_scheduled = false;
        self->turn();
    });
}

/// Re-arms only when curl wants to be called earlier: a timer that fires too early does no harm.
void CurlMulti::State::arm_timer() {
    if (closed || running.empty() || !deadline || (armed && *armed <= *deadline)) return;
    armed = deadline;
    timer.expires_at(*deadline);
    timer.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (error) return;
        self->armed.reset();
        self->turn();
    });
}

void CurlMulti::State::arm_watch() {
    if (watching || closed || running.empty()) return;
    watching = true;
    watch_timer.expires_after(limits.watch_interval);
    watch_timer.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (error) return;
        self->watching = false;
        // Backwards: one that leaves is replaced by the last, which was looked at already.
        for (std::size_t i = self->running.size(); i > 0; --i) self->running[i - 1]->check_progress(self->time.now());
        self->arm_watch();
    });
}

void CurlMulti::State::enlist(CurlTransfer& transfer) {
    transfer.position_ = running.size();
    running.push_back(&transfer);
    sockets.start();
}

void CurlMulti::State::dismiss(CurlTransfer& transfer) {
    running[transfer.position_] = running.back();
    running[transfer.position_]->position_ = transfer.position_;
    running.pop_back();
    if (std::exchange(transfer.is_queued_, false)) {
        std::erase(queue, &transfer);
        std::ranges::replace(unpausing, &transfer, nullptr);
    }
    if (!running.empty()) return;
    sockets.stop();
    if (armed) timer.cancel();
    armed.reset();
    if (std::exchange(watching, false)) watch_timer.cancel();
}

void CurlMulti::State::close() {
    if (std::exchange(closed, true)) return;
    while (!running.empty()) running.back()->abandoned();
    idle.clear();
}

CurlMulti::CurlMulti(const asio::any_io_executor& executor, const TimeSource& time, CurlMultiLimits limits)
    : state_{std::make_shared<State>(executor, time, limits)} {}

CurlMulti::~CurlMulti() {
    close();
}

EasyHandle CurlMulti::acquire() {
    if (!state_->idle.empty()) {
        EasyHandle easy = std::move(state_->idle.back());
        state_->idle.pop_back();
        return easy;
    }
    EasyHandle easy{curl_easy_init()};
    if (!easy) throw std::runtime_error("curl_easy_init failed");
    return easy;
}

void CurlMulti::release(EasyHandle easy) {
    if (!easy || state_->closed || state_->idle.size() >= state_->limits.idle_handles) return;
    curl_easy_reset(easy.get());
    state_->idle.push_back(std::move(easy));
}

bool CurlMulti::add(CURL* easy, CurlTransfer& transfer, bool is_watched) {
    if (state_->closed) return false;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    check(curl_multi_add_handle(state_->multi.get(), easy), "curl_multi_add_handle");
    state_->enlist(transfer);
    state_->schedule_turn();
    if (is_watched) state_->arm_watch();
    return true;
}

void CurlMulti::remove(CURL* easy, CurlTransfer& transfer) {
    curl_multi_remove_handle(state_->multi.get(), easy);
    state_->dismiss(transfer);
}

void CurlMulti::queue_unpause(CurlTransfer& transfer) {
    if (std::exchange(transfer.is_queued_, true)) return;
    state_->queue.push_back(&transfer);
    if (!state_->in_turn) state_->schedule_turn();
}

void CurlMulti::close() {
    state_->close();
}

SteadyTime CurlMulti::now() const {
    return state_->time.now();
}

}  // namespace strongroom::http
