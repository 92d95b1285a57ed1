#pragma once

#include <memory>

struct rd_kafka_consumer_group_metadata_s;

namespace strongroom::kafka {

/// A consumer's membership (group, member, generation) at one moment; what a transaction shows the broker so that a
/// stale owner is fenced. Cheap to copy; any thread.
class GroupMetadata {
  public:
    GroupMetadata() = default;
    explicit GroupMetadata(std::shared_ptr<rd_kafka_consumer_group_metadata_s> handle) : handle_{std::move(handle)} {}

    [[nodiscard]] const rd_kafka_consumer_group_metadata_s* get() const { return handle_.get(); }

  private:
    std::shared_ptr<rd_kafka_consumer_group_metadata_s> handle_;
};

}  // namespace strongroom::kafka
