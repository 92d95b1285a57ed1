#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "shared/config/expansion.hpp"
#include "shared/config/mistake.hpp"
#include "shared/kafka/client_config.hpp"
#include "shared/keys/file_keyring.hpp"

namespace strongroom::auditor {

/// How to reach a store. Credentials come from the standard AWS chain.
struct StoreSettings {
    std::string region{};         ///< default: AWS_REGION, AWS_DEFAULT_REGION, then us-east-1
    std::string endpoint{};       ///< default: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, then AWS itself
    bool allow_insecure = false;  ///< plain http to another host than this one
};

/// What strongroom-auditor needs to know. It reads the worker's configuration file too: then the buckets of the
/// tenants' destinations are reached as the worker reaches them.
struct AuditorConfig {
    StoreSettings store{};
    std::map<std::string, StoreSettings> buckets{};  ///< by name; others are reached through `store`
    keys::KeyringConfig keys{};
    kafka::ClientConfig kafka{};
    /// There is one key, given as bare hex, and the name that writers gave it is not known: it is tried on every
    /// object.
    bool sole_key = false;
};

/// Reads a file, or nothing when `path` is empty, and completes it from the environment (AWS_*, ENCRYPTION_KEY_HEX,
/// KAFKA_BOOTSTRAP_SERVERS). All mistakes at once.
std::variant<AuditorConfig, std::vector<config::Mistake>> load_config(const std::string& path,
                                                                      const config::Environment& environment);

}  // namespace strongroom::auditor
