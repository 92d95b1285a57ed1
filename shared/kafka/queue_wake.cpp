#include "shared/kafka/queue_wake.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include <sys/eventfd.h>
#include <unistd.h>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace strongroom::kafka {
namespace asio = boost::asio;

struct QueueWake::State : std::enable_shared_from_this<State> {
    State(const asio::any_io_executor& executor, std::function<void()> call)
        : event{executor}, on_ready{std::move(call)} {
        const int fd = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        if (fd < 0) throw std::system_error{errno, std::generic_category(), "eventfd"};
        event.assign(fd);
    }

    void watch() {
        event.async_wait(asio::posix::stream_descriptor::wait_read,
                         [self = shared_from_this()](const boost::system::error_code& error) {
                             if (error || !self->open) return;
                             self->clear();
                             self->watch();
                             self->on_ready();
                         });
    }

    /// Before the queues are polled: what arrives later writes again.
    void clear() {
        std::uint64_t count = 0;
        static_cast<void>(::read(event.native_handle(), &count, sizeof count));
    }

    asio::posix::stream_descriptor event;
    std::function<void()> on_ready;
    bool open = true;
};

QueueWake::QueueWake(const asio::any_io_executor& executor, std::function<void()> on_ready)
    : state_{std::make_shared<State>(executor, std::move(on_ready))} {
    state_->watch();
}

QueueWake::~QueueWake() {
    state_->open = false;
    state_->event.close();
}

void QueueWake::attach(rd_kafka_queue_t* queue) const {
    static constexpr std::uint64_t kOne = 1;
    rd_kafka_queue_io_event_enable(queue, state_->event.native_handle(), &kOne, sizeof kOne);
}

void QueueWake::detach(rd_kafka_queue_t* queue) {
    rd_kafka_queue_io_event_enable(queue, -1, nullptr, 0);
}

}  // namespace strongroom::kafka
