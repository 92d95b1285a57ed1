#pragma once

#include <chrono>
#include <functional>
#include <string>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>

#include "shared/kafka/client_config.hpp"
#include "shared/kafka/handles.hpp"

// Needs rdkafka.h before it.
#include <librdkafka/rdkafka_mock.h>

namespace strongroom::kafka::test {

/// librdkafka's own mock broker in this process: real protocol over loopback, no log on disk, no transaction
/// visibility.
class MockCluster {
  public:
    MockCluster() {
        auto* conf = rd_kafka_conf_new();
        client_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nullptr, 0));
        cluster_.reset(rd_kafka_mock_cluster_new(client_.get(), 1));
        rd_kafka_mock_group_initial_rebalance_delay_ms(cluster_.get(), 0);
    }
    void create_topic(const std::string& name, int partitions = 1) {
        ASSERT_EQ(rd_kafka_mock_topic_create(cluster_.get(), name.c_str(), partitions, 1), RD_KAFKA_RESP_ERR_NO_ERROR);
    }
    [[nodiscard]] ClientConfig config() const { return {.brokers = rd_kafka_mock_cluster_bootstraps(cluster_.get())}; }
    void fail_next(std::int16_t request, rd_kafka_resp_err_t code) {
        rd_kafka_mock_push_request_errors(cluster_.get(), request, 1, code);
    }

  private:
    ClientHandle client_;
    CPtr<rd_kafka_mock_cluster_t, rd_kafka_mock_cluster_destroy> cluster_;
};

/// Turns the loop until `done`, at most ten seconds.
inline bool run_until(boost::asio::io_context& context, const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        context.restart();
        context.run_one_for(std::chrono::milliseconds{50});
    }
    return true;
}

}  // namespace strongroom::kafka::test
