#include "shared/kafka/admin.hpp"

#include <array>

#include "shared/kafka/client_conf.hpp"
#include "shared/kafka/inbound.hpp"
#include "shared/kafka/kafka_failure.hpp"

namespace strongroom::kafka {

struct Admin::Impl {
    /// Waits for the answer to an admin request; fails when the request as a whole did.
    Result<EventHandle> answer(std::string_view what) const {
        EventHandle event{rd_kafka_queue_poll(queue.get(), ms())};
        if (!event) return make_failure(RD_KAFKA_RESP_ERR__TIMED_OUT, what);
        if (const auto code = rd_kafka_event_error(event.get()))
            return make_failure(code, what, rd_kafka_event_error_string(event.get()));
        return event;
    }
    AdminOptionsHandle options(rd_kafka_admin_op_t operation) const {
        AdminOptionsHandle handle{rd_kafka_AdminOptions_new(client.get(), operation)};
        std::array<char, 256> text{};
        rd_kafka_AdminOptions_set_request_timeout(handle.get(), ms(), text.data(), text.size());
        return handle;
    }
    [[nodiscard]] int ms() const { return static_cast<int>(limit.count()); }

    ClientHandle client;
    QueueHandle queue;
    std::chrono::milliseconds limit{};
};

namespace {

using Metadata = CPtr<const rd_kafka_metadata_t, rd_kafka_metadata_destroy>;

Result<NewTopicHandle> make_topic(const NewTopic& topic) {
    std::array<char, 512> text{};
    NewTopicHandle handle{
        rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, topic.replication, text.data(), text.size())};
    if (!handle) return make_failure(RD_KAFKA_RESP_ERR__INVALID_ARG, "create topic " + topic.name, text.data());
    for (const auto& [name, value] : topic.settings)
        if (const auto code = rd_kafka_NewTopic_set_config(handle.get(), name.c_str(), value.c_str()))
            return make_failure(code, "create topic " + topic.name + " with " + name + "=" + value);
    return handle;
}

std::vector<Result<>> results_of(const rd_kafka_CreateTopics_result_t* created) {
    std::size_t count = 0;
    const auto** rows = rd_kafka_CreateTopics_result_topics(created, &count);
    std::vector<Result<>> results;
    for (std::size_t i = 0; i < count; ++i) {
        const auto code = rd_kafka_topic_result_error(rows[i]);
        const char* text = rd_kafka_topic_result_error_string(rows[i]);
        if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
            results.emplace_back();
        else
            results.emplace_back(make_failure(code, std::string{"create topic "} + rd_kafka_topic_result_name(rows[i]),
                                              text == nullptr ? "" : text));
    }
    return results;
}

TopicDescription describe_topic(const rd_kafka_TopicDescription_t* topic) {
    TopicDescription description{.name = rd_kafka_TopicDescription_name(topic)};
    std::size_t partitions = 0;
    const auto** rows = rd_kafka_TopicDescription_partitions(topic, &partitions);
    description.partitions = static_cast<int>(partitions);
    if (partitions == 0) return description;
    std::size_t replicas = 0;
    rd_kafka_TopicPartitionInfo_replicas(rows[0], &replicas);
    description.replication = static_cast<int>(replicas);
    return description;
}

}  // namespace

Result<std::unique_ptr<Admin>> Admin::create(const ClientConfig& config, std::chrono::milliseconds limit) {
    auto conf = make_conf(config, {{"client.id", "strongroom-admin"}}, {}, nullptr);
    if (!conf) return conf.error();
    auto client = make_client(RD_KAFKA_PRODUCER, std::move(*conf));
    if (!client) return client.error();
    auto impl = std::make_unique<Impl>();
    impl->client = std::move(*client);
    impl->queue.reset(rd_kafka_queue_new(impl->client.get()));
    impl->limit = limit;
    return std::unique_ptr<Admin>{new Admin{std::move(impl)}};
}

Admin::Admin(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Admin::~Admin() = default;

Result<ClusterDescription> Admin::describe_cluster() {
    const rd_kafka_metadata_t* raw = nullptr;
    const auto code = rd_kafka_metadata(impl_->client.get(), 1, nullptr, &raw, impl_->ms());
    const Metadata metadata{raw};
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return make_failure(code, "reach the cluster; check kafka.brokers");
    ClusterDescription cluster{.brokers = metadata->broker_cnt, .topics = {}};
    for (int i = 0; i < metadata->topic_cnt; ++i) cluster.topics.emplace_back(metadata->topics[i].topic);
    return cluster;
}

Result<std::vector<Result<>>> Admin::create_topics(std::span<const NewTopic> topics) {
    std::vector<NewTopicHandle> handles;
    std::vector<rd_kafka_NewTopic_t*> raw;
    for (const auto& topic : topics) {
        auto handle = make_topic(topic);
        if (!handle) return handle.error();
        raw.push_back(handle->get());
        handles.push_back(std::move(*handle));
    }
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_CREATETOPICS);
    std::array<char, 256> text{};
    rd_kafka_AdminOptions_set_operation_timeout(options.get(), impl_->ms(), text.data(), text.size());
    rd_kafka_CreateTopics(impl_->client.get(), raw.data(), raw.size(), options.get(), impl_->queue.get());
    auto answer = impl_->answer("create topics");
    if (!answer) return answer.error();
    return results_of(rd_kafka_event_CreateTopics_result(answer->get()));
}

Result<std::vector<std::optional<TopicDescription>>> Admin::describe_topics(std::span<const std::string> names) {
    std::vector<const char*> raw;
    for (const auto& name : names) raw.push_back(name.c_str());
    const TopicCollectionHandle topics{rd_kafka_TopicCollection_of_topic_names(raw.data(), raw.size())};
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_DESCRIBETOPICS);
    rd_kafka_DescribeTopics(impl_->client.get(), topics.get(), options.get(), impl_->queue.get());
    const auto answer = impl_->answer("describe topics");
    if (!answer) return answer.error();
    std::size_t count = 0;
    const auto** rows =
        rd_kafka_DescribeTopics_result_topics(rd_kafka_event_DescribeTopics_result(answer->get()), &count);
    std::vector<std::optional<TopicDescription>> descriptions;
    for (std::size_t i = 0; i < count; ++i) {
        const auto* error = rd_kafka_TopicDescription_error(rows[i]);
        const auto code = error == nullptr ? RD_KAFKA_RESP_ERR_NO_ERROR : rd_kafka_error_code(error);
        if (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
            descriptions.emplace_back(std::nullopt);
        else if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
            return make_failure(code, "describe topic " + names[i]);
        else
            descriptions.emplace_back(describe_topic(rows[i]));
    }
    return descriptions;
}

Result<std::map<std::string, std::string>> Admin::describe_settings(const std::string& topic) {
    const ConfigResourceHandle resource{rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str())};
    rd_kafka_ConfigResource_t* raw = resource.get();
    const auto options = impl_->options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
    rd_kafka_DescribeConfigs(impl_->client.get(), &raw, 1, options.get(), impl_->queue.get());
    const std::string what = "describe the settings of topic " + topic;
    const auto answer = impl_->answer(what);
    if (!answer) return answer.error();
    std::size_t count = 0;
    const auto** rows =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(answer->get()), &count);
    if (count != 1) return make_failure(RD_KAFKA_RESP_ERR__BAD_MSG, what);
    if (const auto code = rd_kafka_ConfigResource_error(rows[0])) return make_failure(code, what);
    std::map<std::string, std::string> settings;
    const auto** entries = rd_kafka_ConfigResource_configs(rows[0], &count);
    for (std::size_t i = 0; i < count; ++i) {
        const char* value = rd_kafka_ConfigEntry_value(entries[i]);
        settings.emplace(rd_kafka_ConfigEntry_name(entries[i]), value == nullptr ? "" : value);
    }
    return settings;
}

Result<std::pair<std::int64_t, std::int64_t>> Admin::watermarks(const TopicPartition& at) {
    return query_watermarks(impl_->client.get(), at, impl_->limit);
}

}  // namespace strongroom::kafka
