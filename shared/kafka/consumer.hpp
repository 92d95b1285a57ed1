#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "shared/base/result.hpp"
#include "shared/base/units.hpp"
#include "shared/kafka/client_config.hpp"
#include "shared/kafka/group_metadata.hpp"
#include "shared/kafka/record.hpp"
#include "shared/runtime/task.hpp"

namespace strongroom::kafka {

struct ConsumerOptions {
    std::string group;
    std::string client_id{};
    /// What librdkafka may hold fetched for all partitions together; below 16 MiB throughput suffers.
    ByteCount prefetch{16ULL << 20};
    int prefetch_records = 10'000;  ///< per partition, the other limit on what is fetched ahead
    bool report_end = false;        ///< whether `at_end` is wanted
};

/// Start here. An offset below 0 means "no committed offset": the first record there is.
inline constexpr std::int64_t kNoOffset = -1;

/// These partitions were given to us; the group waits until `complete_assign`.
struct Assigned {
    std::vector<TopicPartition> partitions;
};
/// These are to go to somebody else; the group waits until `complete_revoke`.
struct Revoked {
    std::vector<TopicPartition> partitions;
};
/// These belong to somebody else already: nothing of them may be committed.
struct Lost {
    std::vector<TopicPartition> partitions;
};
/// Records were deleted by retention before we read them; reading goes on at the first one that is left.
struct OffsetsLost {
    TopicPartition at;
    std::int64_t count = 0;
};
/// The client could not do its work and goes on trying by itself, unless `fatal`.
struct ConsumerFailed {
    Failure failure;
    bool fatal = false;
};
using GroupEvent = std::variant<Assigned, Revoked, Lost, OffsetsLost, ConsumerFailed>;

/// One member of one group. Every partition has a queue of its own, so that one can be left alone for a while
/// (back-pressure, a retry record that is not due) without a pause, which would throw the prefetched records away, and
/// without holding up the group's events. The loop's thread only, except where noted. Offsets are never committed here.
class Consumer {
  public:
    /// `on_ready` runs on the executor's thread when a record or event may have arrived; not before `create` returned.
    /// Fails (permanent) on settings that librdkafka does not take.
    static Result<std::shared_ptr<Consumer>> create(const boost::asio::any_io_executor& executor,
                                                    const ClientConfig& config, const ConsumerOptions& options,
                                                    std::function<void()> on_ready);
    /// Without `close` the group learns of our end only by the session timeout, as after a crash.
    ~Consumer();
    Consumer(const Consumer&) = delete;
    Consumer& operator=(const Consumer&) = delete;

    /// Joins the group for these topics.
    Result<> subscribe(const std::vector<std::string>& topics);
    /// Reads these partitions without any group (an auditor's reading of receipts).
    Result<> assign(std::span<const CommitPosition> positions);

    /// The group's next event, without waiting. Call it at least every few seconds: it is also the sign of life that
    /// `max.poll.interval.ms` looks for.
    std::optional<GroupEvent> poll_event();
    /// The partition's next record, without waiting; nothing for a partition that is not assigned.
    std::optional<Record> poll_record(const TopicPartition& at);

    /// With `report_end`: everything up to the partition's end has been polled, as of some moment since the last
    /// record. Transaction markers and aborted records, which are never delivered, do not hide it.
    [[nodiscard]] bool at_end(const TopicPartition& at) const;

    /// Answers `Assigned`: reading starts at these positions.
    void complete_assign(std::span<const CommitPosition> positions);
    /// Answers `Revoked`: lets the partitions go.
    void complete_revoke(std::span<const TopicPartition> partitions);

    /// For holds of seconds and more: what was prefetched is dropped, and the first record after `resume` takes a
    /// second.
    Result<> pause(std::span<const TopicPartition> partitions);
    Result<> resume(std::span<const TopicPartition> partitions);
    /// The next record to poll; asynchronous inside librdkafka.
    Result<> seek(const CommitPosition& position);

    /// Blocks; any thread. What is committed for each partition (`kNoOffset` where nothing is), waiting for
    /// transactions that are still open on them.
    Result<std::vector<CommitPosition>> committed(std::span<const TopicPartition> partitions,
                                                  std::chrono::milliseconds limit);
    /// Blocks; any thread. First offset that is there and the end (the next offset a reader of committed records
    /// reaches).
    Result<std::pair<std::int64_t, std::int64_t>> watermarks(const TopicPartition& at, std::chrono::milliseconds limit);

    /// Our membership now. For a transaction take it BEFORE the snapshot of the offsets: the broker fences by
    /// generation.
    GroupMetadata group_metadata();
    /// Whether the group has taken us in (with or without partitions).
    [[nodiscard]] bool joined() const;

    /// Leaves the group; partitions still held are let go without a commit. Ends within `limit`.
    Task<> close(std::chrono::milliseconds limit);

  private:
    struct Impl;
    explicit Consumer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace strongroom::kafka
