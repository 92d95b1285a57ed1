#pragma once

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "shared/config/expansion.hpp"
#include "shared/config/mistake.hpp"
#include "shared/kafka/client_config.hpp"
#include "shared/records/topics.hpp"

namespace strongroom::config {
class Keys;
}

namespace strongroom {

/// What strongroom-producer reads of the configuration file, which it may share with the other programs.
struct ProducerConfig {
    kafka::ClientConfig kafka{};
    std::vector<std::string> tenants{};  ///< names
    records::TopicPlan topics{};
    std::vector<std::chrono::milliseconds> retry_tiers{std::chrono::seconds{30}, std::chrono::minutes{5},
                                                       std::chrono::hours{1}};
};

/// The one description of the file: read and printed by it.
void describe(config::Keys& keys, ProducerConfig& config);

/// Reads the file. All mistakes at once.
std::variant<ProducerConfig, std::vector<config::Mistake>> load_config(const std::string& path,
                                                                       const config::Environment& environment);

}  // namespace strongroom
