#pragma once

#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "shared/kafka/handles.hpp"

namespace strongroom::kafka {

/// Where librdkafka's queues meet the event loop: a queue that gets its first entry writes to an eventfd, which the
/// loop watches. Create, use and destroy on the loop's thread. Inside this folder only.
class QueueWake {
  public:
    QueueWake(const boost::asio::any_io_executor& executor, std::function<void()> on_ready);
    /// Every queue must have been detached.
    ~QueueWake();
    QueueWake(const QueueWake&) = delete;
    QueueWake& operator=(const QueueWake&) = delete;

    void attach(rd_kafka_queue_t* queue) const;
    static void detach(rd_kafka_queue_t* queue);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace strongroom::kafka
