#include "worker/consume/shard.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "shared/records/topics.hpp"
#include "shared/runtime/blocking_thread.hpp"
#include "shared/runtime/event.hpp"
#include "shared/runtime/task_group.hpp"
#include "shared/telemetry/log.hpp"
#include "worker/consume/commit_driver.hpp"
#include "worker/consume/lane.hpp"

namespace strongroom::consume {
namespace {

using std::chrono::milliseconds;

/// Also the sign of life that librdkafka's `max.poll.interval.ms` looks for.
constexpr milliseconds kLongestSleep{1'000};
constexpr milliseconds kClose{3'000};

}  // namespace

std::string transactional_id(const ConsumeConfig& config) {
    return config.kafka.group + "-" + config.instance + "-" + std::to_string(config.shard);
}

struct Shard::Impl {
    Impl(const boost::asio::any_io_executor& on, ShardParts with, ConsumeConfig what);

    void make_lanes();
    Result<> join_lanes();
    Task<> pump();
    Task<> commit();
    Task<> finish_up();
    Task<> wait_while(std::function<bool()> condition, milliseconds limit);
    void end(Failure failure);
    [[nodiscard]] milliseconds longest_sleep() const;
    [[nodiscard]] std::size_t running() const;
    [[nodiscard]] bool has_committable() const;

    boost::asio::any_io_executor executor;
    ShardParts parts;
    ConsumeConfig config;
    records::TopicNames names;
    RetryTiers tiers;
    DeadLetters dead_letters;
    Event pump_wake;
    Event commit_wake;
    Event changed;
    BlockingThread transactions;
    BlockingThread lookups;
    TaskGroup tasks;
    std::vector<std::unique_ptr<Lane>> lanes;
    std::unique_ptr<CommitDriver> driver;
    std::optional<Failure> fatal;
    bool draining = false;
};

Shard::Impl::Impl(const boost::asio::any_io_executor& on, ShardParts with, ConsumeConfig what)
    : executor{on},
      parts{with},
      config{std::move(what)},
      names{config.kafka.topic_prefix},
      tiers{names, config.retry_policy.tiers},
      dead_letters{names.dead_letter(), parts.handler, config.kafka.group},
      pump_wake{executor},
      commit_wake{executor},
      changed{executor},
      tasks{executor} {
    make_lanes();
    driver = std::make_unique<CommitDriver>(CommitParts{.lanes = lanes,
                                                        .transactions = transactions,
                                                        .lookups = lookups,
                                                        .time = parts.time,
                                                        .wake = commit_wake,
                                                        .dead_letters = dead_letters,
                                                        .observer = parts.observer},
                                            config, transactional_id(config));
}

void Shard::Impl::make_lanes() {
    const DispatchParts dispatch{tasks,        parts.handler, parts.time,   parts.sleeper,
                                 parts.random, tiers,         dead_letters, parts.observer};
    const LaneParts shared{dispatch, lookups, pump_wake, changed, [this] { driver->commit_soon(); }};
    const auto add = [&](LaneKind kind, const std::string& suffix, std::vector<std::string> topics,
                         const LaneLimits& limits) {
        LaneConfig lane{.kind = kind,
                        .group = config.kafka.group + suffix,
                        .topics = std::move(topics),
                        .limits = limits,
                        .rebalance_drain = config.rebalance_drain,
                        .clock_skew = config.retry_policy.clock_skew};
        lanes.push_back(std::make_unique<Lane>(std::move(lane), config.retry_policy, shared));
    };
    add(LaneKind::kLive, "", {names.events()}, config.live);
    add(LaneKind::kRetry, ".retry", tiers.topics(), config.retry);
    add(LaneKind::kBackfill, ".backfill", {names.backfill()}, config.backfill);
}

Result<> Shard::Impl::join_lanes() {
    for (const auto& lane : lanes) {
        const auto client_id = transactional_id(config) + "-" + std::string{to_string(lane->config().kind)};
        if (auto joined = lane->join(executor, config.kafka, client_id); !joined) return joined;
    }
    return {};
}

std::size_t Shard::Impl::running() const {
    std::size_t count = 0;
    for (const auto& lane : lanes) count += lane->running();
    return count;
}

bool Shard::Impl::has_committable() const {
    return std::ranges::any_of(lanes, [](const auto& lane) { return lane->has_committable(); });
}

void Shard::Impl::end(Failure failure) {
    log::error("shard_ends", {{"shard", config.shard}, {"failure", describe(failure)}});
    fatal = std::move(failure);
    tasks.cancel();
}

milliseconds Shard::Impl::longest_sleep() const {
    milliseconds sleep = kLongestSleep;
    for (const auto& lane : lanes)
        if (const auto due = lane->next_due()) sleep = std::min<milliseconds>(sleep, *due - parts.time.wall_now());
    return std::max(sleep, milliseconds{1});
}

Task<> Shard::Impl::pump() {
    for (;;) {
        bool worked = false;
        for (const auto& lane : lanes) {
            worked |= lane->pump();
            if (!lane->fatal()) continue;
            end(*lane->fatal());
            co_return;
        }
        if (worked)
            co_await boost::asio::post(executor, boost::asio::use_awaitable);
        else
            co_await pump_wake.wait_for(longest_sleep());
    }
}

Task<> Shard::Impl::commit() {
    Failure failure = co_await driver->run();
    end(std::move(failure));
}

Task<> Shard::Impl::wait_while(std::function<bool()> condition, milliseconds limit) {
    const auto deadline = parts.time.now() + limit;
    while (condition() && parts.time.now() < deadline)
        co_await changed.wait_for(std::chrono::ceil<milliseconds>(deadline - parts.time.now()));
}

/// A third of the time is kept for the last commit, which is what makes the finished work count.
Task<> Shard::Impl::finish_up() {
    const auto deadline = parts.time.now() + config.shutdown_drain;
    co_await wait_while([this] { return running() > 0; }, config.shutdown_drain * 2 / 3);
    driver->commit_soon();
    co_await wait_while([this] { return has_committable(); },
                        std::chrono::ceil<milliseconds>(deadline - parts.time.now()));
    log::info("shard_drained", {{"shard", config.shard}, {"unfinished", running()}});
    tasks.cancel();
}

Shard::Shard(const boost::asio::any_io_executor& executor, ShardParts parts, ConsumeConfig config)
    : impl_{std::make_unique<Impl>(executor, parts, std::move(config))} {}

Shard::~Shard() = default;

Task<Result<>> Shard::run() {
    if (auto joined = impl_->join_lanes(); !joined) co_return joined;
    impl_->tasks.spawn(impl_->pump());
    impl_->tasks.spawn(impl_->commit());
    co_await impl_->tasks.join();
    TaskGroup closing{impl_->executor};
    for (const auto& lane : impl_->lanes) closing.spawn(lane->consumer().close(kClose));
    co_await closing.join();
    if (impl_->fatal) co_return *impl_->fatal;
    co_return Result<>{};
}

void Shard::drain() {
    if (std::exchange(impl_->draining, true)) return;
    for (const auto& lane : impl_->lanes) lane->stop_admitting();
    impl_->tasks.spawn(impl_->finish_up());
}

ShardStatus Shard::status() const {
    ShardStatus status{.lanes = {}, .outage = impl_->driver->outage()};
    for (const auto& lane : impl_->lanes)
        status.lanes.push_back({.lane = lane->config().kind,
                                .group = lane->config().group,
                                .joined = lane->shared_consumer() != nullptr && lane->shared_consumer()->joined(),
                                .partitions = lane->partitions().all().size(),
                                .in_flight = lane->admission().in_flight(),
                                .held = lane->admission().held(),
                                .trouble = lane->trouble()});
    return status;
}

}  // namespace strongroom::consume
