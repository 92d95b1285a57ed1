#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "broker/synthetic_handler.hpp"
#include "shared/kafka/consumer.hpp"
#include "shared/records/topics.hpp"
#include "shared/runtime/task_group.hpp"
#include "worker/consume/shard.hpp"

namespace strongroom::consume::test {

/// Where the broker is (`KAFKA_BOOTSTRAP_SERVERS`; tests/broker/with_kafka sets it). Throws without it.
std::string bootstrap_servers();

/// A shard with a handler of its own.
struct Pod {
    std::unique_ptr<SyntheticHandler> handler;
    std::unique_ptr<ConsumeObserver> observer;
    std::unique_ptr<Shard> shard;
    std::optional<Result<>> ended;
};

/// Topics with a prefix of their own on the real broker, pods on one loop, and a reader of committed records.
class ConsumeWorld {
  public:
    explicit ConsumeWorld(std::map<std::string, std::string> receipt_settings = {}, bool with_receipts = true);
    /// The same topics again, for a process that joins a world that is there.
    explicit ConsumeWorld(std::string prefix);
    ~ConsumeWorld();

    [[nodiscard]] ConsumeConfig config(const std::string& instance) const;
    Pod& start_pod(const std::string& instance, const ConsumeConfig* config = nullptr);
    void drain(Pod& pod);
    void create_receipts(const std::map<std::string, std::string>& settings);

    /// To the events topic.
    void produce(std::vector<kafka::OutboundRecord> records);
    [[nodiscard]] kafka::OutboundRecord event(const std::string& key, const std::string& value) const;

    /// Turns the loop until `done`; false when that takes longer than `limit`.
    bool run_until(const std::function<bool()>& done, std::chrono::seconds limit = std::chrono::seconds{40});

    void run_for(std::chrono::milliseconds duration);
    [[nodiscard]] const std::string& prefix() const { return prefix_; }

    /// Everything committed on the topic so far.
    std::vector<kafka::Record> read(const std::string& topic);
    /// Values of the receipts by key, as far as they have come.
    const std::map<std::string, std::vector<std::string>>& receipts();
    [[nodiscard]] std::size_t count_receipts();

    records::TopicNames names;
    boost::asio::io_context context{1};

  private:
    void create_topic(const std::string& name, const std::map<std::string, std::string>& settings);
    std::shared_ptr<kafka::Consumer> open_reader(const std::string& topic);

    std::string prefix_;
    std::mt19937_64 random_{42};
    TimerSleeper sleeper_;
    SystemTime time_;
    TaskGroup tasks_{context.get_executor()};
    std::vector<std::unique_ptr<Pod>> pods_;
    std::shared_ptr<kafka::Consumer> receipt_reader_;
    std::map<std::string, std::vector<std::string>> receipts_;
};

}  // namespace strongroom::consume::test
