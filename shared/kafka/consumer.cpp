#include "shared/kafka/consumer.hpp"

#include <deque>
#include <unordered_map>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "shared/kafka/client_conf.hpp"
#include "shared/kafka/inbound.hpp"
#include "shared/kafka/kafka_failure.hpp"
#include "shared/kafka/partition_list.hpp"
#include "shared/kafka/queue_wake.hpp"

namespace strongroom::kafka {
namespace {

/// A partition's own queue, cut off from the consumer's, and the offset that should come next.
struct Feed {
    QueueHandle queue;
    std::int64_t expected = kNoOffset;
    bool at_end = false;
};

Settings guarantees_of(const ClientConfig& config, const ConsumerOptions& options) {
    Settings settings{
        {"group.id", options.group},           {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"}, {"auto.offset.reset", "earliest"},
        {"isolation.level", "read_committed"}, {"enable.partition.eof", options.report_end ? "true" : "false"}};
    if (config.group_protocol == GroupProtocol::kConsumer)
        settings.emplace_back("group.protocol", "consumer");
    else
        settings.emplace_back("partition.assignment.strategy", "cooperative-sticky");
    return settings;
}

Settings defaults_of(const ClientConfig& config, const ConsumerOptions& options) {
    Settings settings{{"client.id", options.client_id},
                      {"fetch.queue.backoff.ms", "100"},
                      {"fetch.wait.max.ms", "200"},
                      {"queued.min.messages", std::to_string(options.prefetch_records)},
                      {"queued.max.messages.kbytes", std::to_string(options.prefetch.value >> 10)}};
    if (config.group_protocol == GroupProtocol::kClassic) {
        settings.emplace_back("session.timeout.ms", "6000");
        settings.emplace_back("heartbeat.interval.ms", "1500");
    }
    return settings;
}

Result<> check(rd_kafka_resp_err_t code, std::string_view what) {
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return {};
    return make_failure(code, what);
}

Result<> check(const ErrorHandle& error, std::string_view what) {
    if (!error) return {};
    return make_failure(rd_kafka_error_code(error.get()), what, rd_kafka_error_string(error.get()));
}

}  // namespace

struct Consumer::Impl {
    Impl(ClientHandle handle, const boost::asio::any_io_executor& executor, std::function<void()> on_ready)
        : client{std::move(handle)},
          events{rd_kafka_queue_get_consumer(client.get())},
          wake{executor, std::move(on_ready)} {
        wake.attach(events.get());
    }
    ~Impl();

    void open_feed(const CommitPosition& position);
    void close_feed(const TopicPartition& at);
    std::optional<GroupEvent> translate(const EventHandle& event);
    GroupEvent rebalance(const EventHandle& event);
    void answer_pending();
    void note_gap(const TopicPartition& at, Feed& feed, std::int64_t offset);

    ClientHandle client;
    QueueHandle events;
    QueueWake wake;
    std::unordered_map<TopicPartition, Feed, TopicPartitionHash> feeds;
    std::deque<GroupEvent> own_events;
    /// A move of the group that the application has not answered; a member that never answers cannot even leave.
    std::vector<TopicPartition> unanswered;
    enum class Pending { kNothing, kAssign, kRevoke } pending = Pending::kNothing;
    bool joined = false;
    bool closed = false;
};

Consumer::Impl::~Impl() {
    // The wake-up goes first, so that nothing writes to a descriptor that is somebody else's by then.
    QueueWake::detach(events.get());
    for (auto& [at, feed] : feeds) QueueWake::detach(feed.queue.get());
    feeds.clear();
    events.reset();
    if (!closed) answer_pending();
    if (!closed) rd_kafka_destroy_flags(client.release(), RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

/// The queue is cut off before the partition is assigned, or its first records would land among the group's events.
void Consumer::Impl::open_feed(const CommitPosition& position) {
    Feed feed{.queue = QueueHandle{rd_kafka_queue_get_partition(client.get(), position.at.topic.c_str(),
                                                                position.at.partition)},
              .expected = position.offset};
    rd_kafka_queue_forward(feed.queue.get(), nullptr);
    wake.attach(feed.queue.get());
    feeds.insert_or_assign(position.at, std::move(feed));
}

void Consumer::Impl::close_feed(const TopicPartition& at) {
    const auto found = feeds.find(at);
    if (found == feeds.end()) return;
    QueueWake::detach(found->second.queue.get());
    feeds.erase(found);
}

GroupEvent Consumer::Impl::rebalance(const EventHandle& event) {
    auto partitions = partitions_of(rd_kafka_event_topic_partition_list(event.get()));
    if (rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
        joined = true;
        pending = Pending::kAssign;
        unanswered = partitions;
        return Assigned{std::move(partitions)};
    }
    if (rd_kafka_assignment_lost(client.get()) == 0) {
        pending = Pending::kRevoke;
        unanswered = partitions;
        return Revoked{std::move(partitions)};
    }
    for (const auto& at : partitions) close_feed(at);
    const ErrorHandle error{
        rd_kafka_incremental_unassign(client.get(), rd_kafka_event_topic_partition_list(event.get()))};
    if (!check(error, "lose partitions")) rd_kafka_assign(client.get(), nullptr);
    joined = false;
    return Lost{std::move(partitions)};
}

void Consumer::Impl::answer_pending() {
    const auto list = make_list(unanswered);
    const auto what = std::exchange(pending, Pending::kNothing);
    ErrorHandle ignored;
    if (what == Pending::kAssign) ignored.reset(rd_kafka_incremental_assign(client.get(), list.get()));
    if (what == Pending::kRevoke) ignored.reset(rd_kafka_incremental_unassign(client.get(), list.get()));
}

std::optional<GroupEvent> Consumer::Impl::translate(const EventHandle& event) {
    switch (rd_kafka_event_type(event.get())) {
        case RD_KAFKA_EVENT_REBALANCE:
            return rebalance(event);
        case RD_KAFKA_EVENT_ERROR: {
            const int code = rd_kafka_event_error(event.get());
            return ConsumerFailed{make_failure(code, "consume", rd_kafka_event_error_string(event.get())),
                                  rd_kafka_event_error_is_fatal(event.get()) != 0};
        }
        default:
            return std::nullopt;
    }
}

/// Offsets also jump over transaction markers and compacted records; lost are only those below what the partition still
/// has.
void Consumer::Impl::note_gap(const TopicPartition& at, Feed& feed, std::int64_t offset) {
    if (feed.expected >= 0 && offset > feed.expected) {
        std::int64_t low = 0;
        std::int64_t high = 0;
        rd_kafka_get_watermark_offsets(client.get(), at.topic.c_str(), at.partition, &low, &high);
        if (low > feed.expected) own_events.emplace_back(OffsetsLost{at, low - feed.expected});
    }
    feed.expected = offset + 1;
}

Result<std::shared_ptr<Consumer>> Consumer::create(const boost::asio::any_io_executor& executor,
                                                   const ClientConfig& config, const ConsumerOptions& options,
                                                   std::function<void()> on_ready) {
    auto conf = make_conf(config, defaults_of(config, options), guarantees_of(config, options), nullptr);
    if (!conf) return conf.error();
    rd_kafka_conf_set_events(conf->get(), RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_ERROR);
    auto client = make_client(RD_KAFKA_CONSUMER, std::move(*conf));
    if (!client) return client.error();
    if (auto done = check(rd_kafka_poll_set_consumer(client->get()), "poll the group " + options.group); !done)
        return done.error();
    auto impl = std::make_unique<Impl>(std::move(*client), executor, std::move(on_ready));
    return std::shared_ptr<Consumer>{new Consumer{std::move(impl)}};
}

Consumer::Consumer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Consumer::~Consumer() = default;

Result<> Consumer::subscribe(const std::vector<std::string>& topics) {
    const PartitionListHandle list{rd_kafka_topic_partition_list_new(static_cast<int>(topics.size()))};
    for (const auto& topic : topics)
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    return check(rd_kafka_subscribe(impl_->client.get(), list.get()), "subscribe");
}

Result<> Consumer::assign(std::span<const CommitPosition> positions) {
    std::vector<CommitPosition> starts{positions.begin(), positions.end()};
    for (auto& start : starts) {
        impl_->open_feed(start);
        if (start.offset < 0) start.offset = RD_KAFKA_OFFSET_BEGINNING;
    }
    return check(rd_kafka_assign(impl_->client.get(), make_list(starts).get()), "assign partitions");
}

std::optional<GroupEvent> Consumer::poll_event() {
    if (!impl_->own_events.empty()) {
        auto event = std::move(impl_->own_events.front());
        impl_->own_events.pop_front();
        return event;
    }
    while (const EventHandle event{rd_kafka_queue_poll(impl_->events.get(), 0)})
        if (auto translated = impl_->translate(event)) return translated;
    return std::nullopt;
}

std::optional<Record> Consumer::poll_record(const TopicPartition& at) {
    const auto found = impl_->feeds.find(at);
    if (found == impl_->feeds.end()) return std::nullopt;
    while (const MessageHandle message{rd_kafka_consume_queue(found->second.queue.get(), 0)}) {
        found->second.at_end = message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
        if (found->second.at_end) continue;
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            impl_->note_gap(at, found->second, message->offset);
            return make_record(*message, at);
        }
        impl_->own_events.emplace_back(
            ConsumerFailed{make_failure(message->err, "consume " + at.topic, rd_kafka_message_errstr(message.get()))});
    }
    return std::nullopt;
}

bool Consumer::at_end(const TopicPartition& at) const {
    const auto found = impl_->feeds.find(at);
    return found != impl_->feeds.end() && found->second.at_end;
}

void Consumer::complete_assign(std::span<const CommitPosition> positions) {
    std::vector<CommitPosition> starts{positions.begin(), positions.end()};
    for (auto& start : starts) {
        impl_->open_feed(start);
        start.metadata.clear();
        if (start.offset < 0) start.offset = RD_KAFKA_OFFSET_BEGINNING;
    }
    impl_->pending = Impl::Pending::kNothing;
    const ErrorHandle error{rd_kafka_incremental_assign(impl_->client.get(), make_list(starts).get())};
    if (auto done = check(error, "take partitions"); !done)
        impl_->own_events.emplace_back(ConsumerFailed{done.error()});
}

void Consumer::complete_revoke(std::span<const TopicPartition> partitions) {
    for (const auto& at : partitions) impl_->close_feed(at);
    impl_->pending = Impl::Pending::kNothing;
    const ErrorHandle error{rd_kafka_incremental_unassign(impl_->client.get(), make_list(partitions).get())};
    if (auto done = check(error, "let partitions go"); !done)
        impl_->own_events.emplace_back(ConsumerFailed{done.error()});
}

Result<> Consumer::pause(std::span<const TopicPartition> partitions) {
    return check(rd_kafka_pause_partitions(impl_->client.get(), make_list(partitions).get()), "pause partitions");
}

Result<> Consumer::resume(std::span<const TopicPartition> partitions) {
    return check(rd_kafka_resume_partitions(impl_->client.get(), make_list(partitions).get()), "resume partitions");
}

Result<> Consumer::seek(const CommitPosition& position) {
    const auto found = impl_->feeds.find(position.at);
    if (found != impl_->feeds.end()) found->second.expected = position.offset;
    const ErrorHandle error{rd_kafka_seek_partitions(impl_->client.get(), make_list(std::span{&position, 1}).get(), 0)};
    return check(error, "seek " + position.at.topic);
}

Result<std::vector<CommitPosition>> Consumer::committed(std::span<const TopicPartition> partitions,
                                                        std::chrono::milliseconds limit) {
    const auto list = make_list(partitions);
    const std::string what = "read the committed offsets of " + describe(partitions);
    const auto code = rd_kafka_committed(impl_->client.get(), list.get(), static_cast<int>(limit.count()));
    if (auto done = check(code, what); !done) return done.error();
    std::vector<CommitPosition> positions;
    for (int i = 0; i < list->cnt; ++i) {
        const auto& entry = list->elems[i];
        if (auto done = check(entry.err, what); !done) return done.error();
        positions.push_back({{entry.topic, entry.partition},
                             entry.offset < 0 ? kNoOffset : entry.offset,
                             std::string{static_cast<const char*>(entry.metadata), entry.metadata_size}});
    }
    return positions;
}

Result<std::pair<std::int64_t, std::int64_t>> Consumer::watermarks(const TopicPartition& at,
                                                                   std::chrono::milliseconds limit) {
    return query_watermarks(impl_->client.get(), at, limit);
}

GroupMetadata Consumer::group_metadata() {
    return GroupMetadata{std::shared_ptr<rd_kafka_consumer_group_metadata_t>{
        rd_kafka_consumer_group_metadata(impl_->client.get()), [](rd_kafka_consumer_group_metadata_t* metadata) {
            if (metadata != nullptr) rd_kafka_consumer_group_metadata_destroy(metadata);
        }}};
}

bool Consumer::joined() const {
    return impl_->joined;
}

Task<> Consumer::close(std::chrono::milliseconds limit) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto deadline = std::chrono::steady_clock::now() + limit;
    impl_->answer_pending();
    const ErrorHandle error{rd_kafka_consumer_close_queue(impl_->client.get(), impl_->events.get())};
    while (!error && rd_kafka_consumer_closed(impl_->client.get()) == 0 &&
           std::chrono::steady_clock::now() < deadline) {
        while (auto event = poll_event())
            if (const auto* revoked = std::get_if<Revoked>(&*event)) complete_revoke(revoked->partitions);
        boost::asio::steady_timer pause{executor, std::chrono::milliseconds{5}};
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
    impl_->closed = rd_kafka_consumer_closed(impl_->client.get()) != 0;
}

}  // namespace strongroom::kafka
