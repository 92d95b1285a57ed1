#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/kafka/client_config.hpp"
#include "shared/kafka/record.hpp"

namespace strongroom::kafka {

struct NewTopic {
    std::string name;
    int partitions = 1;
    int replication = 1;  ///< -1: the broker's default
    std::map<std::string, std::string> settings{};
};

struct TopicDescription {
    std::string name;
    int partitions = 0;
    int replication = 0;
};

struct ClusterDescription {
    int brokers = 0;
    std::vector<std::string> topics;  ///< those that this principal may see
};

/// What a person does to a cluster. Every call blocks up to `limit`; one thread at a time.
class Admin {
  public:
    static Result<std::unique_ptr<Admin>> create(const ClientConfig& config,
                                                 std::chrono::milliseconds limit = std::chrono::seconds{15});
    ~Admin();
    Admin(const Admin&) = delete;
    Admin& operator=(const Admin&) = delete;

    /// Transient when no broker answers.
    Result<ClusterDescription> describe_cluster();
    /// One result per topic, in order. Cause::kConflict: it is there already.
    Result<std::vector<Result<>>> create_topics(std::span<const NewTopic> topics);
    /// One per name, in order; nothing for a topic that does not exist. Any other trouble fails the call.
    Result<std::vector<std::optional<TopicDescription>>> describe_topics(std::span<const std::string> names);
    /// Every setting of a topic in force, the broker's defaults included.
    Result<std::map<std::string, std::string>> describe_settings(const std::string& topic);
    /// First offset that is there, and the end.
    Result<std::pair<std::int64_t, std::int64_t>> watermarks(const TopicPartition& at);

  private:
    struct Impl;
    explicit Admin(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace strongroom::kafka
