#include "broker/consume_world.hpp"

#include <cstdlib>
#include <stdexcept>

#include <unistd.h>

#include "shared/kafka/admin.hpp"
#include "shared/kafka/producer.hpp"

namespace strongroom::consume::test {
namespace {

constexpr int kPartitions = 4;
constexpr std::chrono::milliseconds kShortTier{300};

std::string new_prefix() {
    static int count = 0;
    return "t" + std::to_string(::getpid()) + "-" + std::to_string(++count);
}

kafka::ClientConfig client_config() {
    return {.brokers = bootstrap_servers()};
}

Task<> run_pod(Pod& pod) {
    pod.ended = co_await pod.shard->run();
}

}  // namespace

std::string bootstrap_servers() {
    const char* servers = std::getenv("KAFKA_BOOTSTRAP_SERVERS");
    if (servers == nullptr) throw std::runtime_error{"KAFKA_BOOTSTRAP_SERVERS is not set: run tests/broker/with_kafka"};
    return servers;
}

ConsumeWorld::ConsumeWorld(std::map<std::string, std::string> receipt_settings, bool with_receipts)
    : names{new_prefix()}, prefix_{names.events().substr(0, names.events().find('.'))} {
    for (const auto& topic : {names.events(), names.backfill(), names.retry(kShortTier), names.dead_letter()})
        create_topic(topic, {});
    if (with_receipts) create_receipts(receipt_settings);
}

ConsumeWorld::ConsumeWorld(std::string prefix) : names{prefix}, prefix_{std::move(prefix)} {}

ConsumeWorld::~ConsumeWorld() {
    receipt_reader_.reset();
    for (auto& pod : pods_)
        if (pod->shard && !pod->ended) drain(*pod);
}

void ConsumeWorld::create_topic(const std::string& name, const std::map<std::string, std::string>& settings) {
    auto admin = *kafka::Admin::create(client_config());
    const std::vector<kafka::NewTopic> topics{{name, kPartitions, 1, settings}};
    const auto created = admin->create_topics(topics);
    if (!created) throw std::runtime_error{created.error().message};
    if (!created->front()) throw std::runtime_error{created->front().error().message};
}

void ConsumeWorld::create_receipts(const std::map<std::string, std::string>& settings) {
    create_topic(names.receipts(), settings);
}

ConsumeConfig ConsumeWorld::config(const std::string& instance) const {
    ConsumeConfig config;
    config.kafka = client_config();
    config.kafka.group = prefix_;
    config.kafka.topic_prefix = prefix_;
    config.kafka.properties = {{"session.timeout.ms", "2000"}, {"heartbeat.interval.ms", "500"}};
    config.instance = instance;
    config.retry_policy.tiers = {kShortTier};
    config.retry_policy.clock_skew = std::chrono::milliseconds{0};
    config.retry_policy.outage_delay = std::chrono::milliseconds{50};
    config.retry_policy.outage_hold_when_in_the_way = std::chrono::milliseconds{500};
    config.commit.interval = std::chrono::milliseconds{50};
    return config;
}

Pod& ConsumeWorld::start_pod(const std::string& instance, const ConsumeConfig* config) {
    auto& pod = *pods_.emplace_back(std::make_unique<Pod>());
    pod.handler = std::make_unique<SyntheticHandler>(names.receipts(), sleeper_);
    pod.observer = std::make_unique<ConsumeObserver>();
    pod.shard = std::make_unique<Shard>(context.get_executor(),
                                        ShardParts{*pod.handler, time_, sleeper_, random_, *pod.observer},
                                        config != nullptr ? *config : this->config(instance));
    tasks_.spawn(run_pod(pod));
    return pod;
}

void ConsumeWorld::drain(Pod& pod) {
    pod.shard->drain();
    if (!run_until([&] { return pod.ended.has_value(); }, std::chrono::seconds{60}))
        throw std::runtime_error{"the pod does not end"};
}

kafka::OutboundRecord ConsumeWorld::event(const std::string& key, const std::string& value) const {
    return {.topic = names.events(), .key = key, .value = value};
}

void ConsumeWorld::produce(std::vector<kafka::OutboundRecord> records) {
    auto producer = *kafka::Producer::create(client_config());
    for (const auto& record : records)
        if (auto queued = producer->produce(record, nullptr); !queued) throw std::runtime_error{queued.error().message};
    if (auto flushed = producer->flush(std::chrono::seconds{20}); !flushed)
        throw std::runtime_error{flushed.error().message};
}

bool ConsumeWorld::run_until(const std::function<bool()>& done, std::chrono::seconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        context.restart();
        context.run_for(std::chrono::milliseconds{20});
    }
    return true;
}

void ConsumeWorld::run_for(std::chrono::milliseconds duration) {
    context.restart();
    context.run_for(duration);
}

std::shared_ptr<kafka::Consumer> ConsumeWorld::open_reader(const std::string& topic) {
    auto reader = *kafka::Consumer::create(context.get_executor(), client_config(),
                                           {.group = prefix_ + "-reader", .client_id = "reader"}, [] {});
    std::vector<kafka::CommitPosition> starts;
    for (int partition = 0; partition < kPartitions; ++partition)
        starts.push_back({{topic, partition}, kafka::kNoOffset});
    if (auto assigned = reader->assign(starts); !assigned) throw std::runtime_error{assigned.error().message};
    return reader;
}

std::vector<kafka::Record> ConsumeWorld::read(const std::string& topic) {
    const auto reader = open_reader(topic);
    std::vector<kafka::Record> records;
    for (int partition = 0; partition < kPartitions; ++partition) {
        const kafka::TopicPartition at{topic, partition};
        const auto end = reader->watermarks(at, std::chrono::seconds{10})->second;
        // The last record may be a transaction marker, so the end is reached when nothing more comes for a while.
        auto quiet = std::chrono::steady_clock::now();
        while (end > 0 && std::chrono::steady_clock::now() - quiet < std::chrono::milliseconds{1'500})
            while (auto record = reader->poll_record(at)) {
                quiet = std::chrono::steady_clock::now();
                records.push_back(std::move(*record));
            }
    }
    return records;
}

const std::map<std::string, std::vector<std::string>>& ConsumeWorld::receipts() {
    if (!receipt_reader_) receipt_reader_ = open_reader(names.receipts());
    while (receipt_reader_->poll_event()) continue;
    for (int partition = 0; partition < kPartitions; ++partition)
        while (auto record = receipt_reader_->poll_record({names.receipts(), partition}))
            receipts_[record->key.value_or("")].push_back(record->value.value_or(""));
    return receipts_;
}

std::size_t ConsumeWorld::count_receipts() {
    std::size_t count = 0;
    for (const auto& [key, values] : receipts()) count += values.size();
    return count;
}

}  // namespace strongroom::consume::test
