#include "shared/kafka/producer.hpp"

#include <exception>
#include <unordered_map>

#include "shared/kafka/client_conf.hpp"
#include "shared/kafka/kafka_failure.hpp"
#include "shared/kafka/outbound.hpp"

namespace strongroom::kafka {

struct Producer::Impl {
    static void on_delivery(rd_kafka_t* client, const rd_kafka_message_t* message, void* opaque) noexcept;
    void deliver(const rd_kafka_message_t& message);
    void poll(int wait_ms);

    ClientHandle client;
    std::unordered_map<std::uintptr_t, OnDelivery> waiting;
    std::uintptr_t next_id = 1;
    std::exception_ptr thrown;
};

namespace {

Settings defaults_of(const ProducerOptions& options) {
    return {{"client.id", options.client_id},
            {"linger.ms", std::to_string(options.linger.count())},
            {"queue.buffering.max.messages", std::to_string(options.queue_records)},
            {"message.timeout.ms", std::to_string(options.delivery_timeout.count())},
            {"message.max.bytes", "10000000"},
            {"topic.metadata.propagation.max.ms", "5000"}};
}

Settings guarantees() {
    return {{"enable.idempotence", "true"}, {"acks", "all"}, {"partitioner", "murmur2_random"}};
}

}  // namespace

/// An exception must not pass through librdkafka: `poll` throws it again on our side.
void Producer::Impl::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) noexcept {
    auto* self = static_cast<Impl*>(opaque);
    try {
        self->deliver(*message);
    } catch (...) {
        if (!self->thrown) self->thrown = std::current_exception();
    }
}

void Producer::Impl::deliver(const rd_kafka_message_t& message) {
    auto found = waiting.extract(reinterpret_cast<std::uintptr_t>(message._private));
    if (!found || !found.mapped()) return;
    const std::string topic = rd_kafka_topic_name(message.rkt);
    if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return found.mapped()(make_failure(message.err, "produce to " + topic));
    found.mapped()(Acknowledged{{topic, message.partition}, message.offset});
}

void Producer::Impl::poll(int wait_ms) {
    rd_kafka_poll(client.get(), wait_ms);
    if (thrown) std::rethrow_exception(std::exchange(thrown, nullptr));
}

Result<std::unique_ptr<Producer>> Producer::create(const ClientConfig& config, const ProducerOptions& options) {
    auto impl = std::make_unique<Impl>();
    auto conf = make_conf(config, defaults_of(options), guarantees(), impl.get());
    if (!conf) return conf.error();
    rd_kafka_conf_set_dr_msg_cb(conf->get(), &Impl::on_delivery);
    auto client = make_client(RD_KAFKA_PRODUCER, std::move(*conf));
    if (!client) return client.error();
    impl->client = std::move(*client);
    return std::unique_ptr<Producer>{new Producer{std::move(impl)}};
}

Producer::Producer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Producer::~Producer() = default;

Result<> Producer::produce(const OutboundRecord& record, OnDelivery on_delivery) {
    const auto id = impl_->next_id++;
    impl_->waiting.emplace(id, std::move(on_delivery));
    auto code = enqueue(impl_->client.get(), record, reinterpret_cast<void*>(id));
    while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
        impl_->poll(100);
        code = enqueue(impl_->client.get(), record, reinterpret_cast<void*>(id));
    }
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        impl_->waiting.erase(id);
        return make_failure(code, "produce to " + record.topic);
    }
    impl_->poll(0);
    return {};
}

void Producer::serve(std::chrono::milliseconds wait) {
    impl_->poll(static_cast<int>(wait.count()));
}

Result<> Producer::flush(std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!impl_->waiting.empty() && std::chrono::steady_clock::now() < deadline) {
        rd_kafka_flush(impl_->client.get(), 100);
        impl_->poll(0);
    }
    if (impl_->waiting.empty()) return {};
    return Failure{.kind = FailureKind::kTransient,
                   .dependency = Dependency::kKafka,
                   .cause = Cause::kTimeout,
                   .message = std::to_string(impl_->waiting.size()) +
                              " records were not acknowledged in time; check the "
                              "brokers (kafka.brokers)"};
}

std::size_t Producer::outstanding() const {
    return impl_->waiting.size();
}

}  // namespace strongroom::kafka
