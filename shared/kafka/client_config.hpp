#pragma once

#include <map>
#include <string>
#include <vector>

namespace strongroom::config {
class Keys;
}

namespace strongroom::kafka {

enum class GroupProtocol {
    kClassic,   ///< cooperative-sticky assignment, every broker
    kConsumer,  ///< KIP-848, brokers from 4.0; the session timeout is then the group's, set by an operator
};

/// How to reach the cluster, shared by every client of a process (`kafka:` in the configuration file).
struct ClientConfig {
    std::string brokers = "127.0.0.1:9092";  ///< host:port, comma separated
    std::string group = "strongroom";
    std::string topic_prefix = "strongroom";
    GroupProtocol group_protocol = GroupProtocol::kClassic;
    /// Any other librdkafka setting (its CONFIGURATION.md), applied over our defaults. Those that would break a
    /// guarantee are refused.
    std::map<std::string, std::string> properties{};
};

/// The keys of section `kafka`; every property that cannot be used is a mistake.
void describe(config::Keys& keys, ClientConfig& config);

/// A property that cannot be used, and why, in words for the one who wrote it.
struct PropertyMistake {
    std::string property;
    std::string reason;
};

/// Every refused, unknown or invalid entry of `properties`; librdkafka's own text for the latter two.
std::vector<PropertyMistake> check_properties(const ClientConfig& config);

/// `properties` with the values of passwords, keys and tokens masked, for `config print` and logs.
std::map<std::string, std::string> masked_properties(const ClientConfig& config);

}  // namespace strongroom::kafka
