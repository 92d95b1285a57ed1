#include "auditor/auditor_config.hpp"

#include <array>
#include <initializer_list>
#include <string_view>

#include "shared/config/common_sections.hpp"
#include "shared/config/yaml_reader.hpp"

namespace strongroom::auditor {
namespace {

using config::Keys;

/// Of `tenants[]`, the auditor reads where the objects are; the worker's own mistakes are the worker's to tell.
struct TenantStore {
    std::string bucket;
    StoreSettings settings;
};

void describe_tenant(Keys& keys, TenantStore& tenant) {
    keys.section("destination", [&](Keys& inner) {
        inner.text("bucket", tenant.bucket);
        inner.text("region", tenant.settings.region);
        inner.text("endpoint", tenant.settings.endpoint);
        inner.flag("allow_insecure", tenant.settings.allow_insecure);
        inner.rest_elsewhere();
    });
    keys.rest_elsewhere();
}

void describe_kafka(Keys& keys, kafka::ClientConfig& kafka) {
    keys.text("brokers", kafka.brokers);
    keys.text("group", kafka.group);
    keys.text("topic_prefix", kafka.topic_prefix);
    keys.text_map("properties", kafka.properties);
    keys.rest_elsewhere();
}

/// What has to hold between them is told when the keys are loaded: the command line may still replace them.
void describe_keys(Keys& keys, strongroom::keys::KeyringConfig& keyring) {
    keys.text("active", keyring.active);
    keys.text_map("files", keyring.files);
    keys.secret("hex", keyring.hex);
}

void describe_file(Keys& keys, AuditorConfig& config, std::vector<TenantStore>& tenants) {
    static constexpr std::array<std::string_view, 4> kOwn{"store", "tenants", "keys", "kafka"};
    keys.section("store", [&](Keys& inner) {
        inner.text("region", config.store.region);
        inner.text("endpoint", config.store.endpoint);
        inner.flag("allow_insecure", config.store.allow_insecure);
    });
    keys.list("tenants", tenants, describe_tenant);
    keys.section("keys", [&](Keys& inner) { describe_keys(inner, config.keys); });
    keys.section("kafka", [&](Keys& inner) { describe_kafka(inner, config.kafka); });
    config::describe_foreign_sections(keys, kOwn);
}

std::string first_of(const config::Environment& environment, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (auto value = environment(name); value && !value->empty()) return *value;
    }
    return {};
}

void complete(StoreSettings& store, const StoreSettings& defaults) {
    if (store.region.empty()) store.region = defaults.region;
    if (store.endpoint.empty()) store.endpoint = defaults.endpoint;
}

void complete(AuditorConfig& config, const config::Environment& environment, const std::string& default_brokers) {
    StoreSettings defaults{.region = first_of(environment, {"AWS_REGION", "AWS_DEFAULT_REGION"}),
                           .endpoint = first_of(environment, {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"})};
    if (defaults.region.empty()) defaults.region = "us-east-1";
    complete(config.store, defaults);
    for (auto& [bucket, store] : config.buckets) complete(store, config.store);
    if (config.keys.files.empty() && config.keys.hex.empty()) {
        config.keys.hex = Secret{first_of(environment, {"ENCRYPTION_KEY_HEX"})};
    }
    config.sole_key = !config.keys.hex.empty() && config.keys.active.empty();
    if (config.kafka.brokers == default_brokers) {
        const std::string brokers = first_of(environment, {"KAFKA_BOOTSTRAP_SERVERS"});
        if (!brokers.empty()) config.kafka.brokers = brokers;
    }
}

}  // namespace

std::variant<AuditorConfig, std::vector<config::Mistake>> load_config(const std::string& path,
                                                                      const config::Environment& environment) {
    AuditorConfig config;
    const std::string default_brokers = config.kafka.brokers;
    if (!path.empty()) {
        std::vector<TenantStore> tenants;
        auto mistakes = config::read_file(path, environment, [&](Keys& keys) { describe_file(keys, config, tenants); });
        if (!mistakes.empty()) return mistakes;
        for (TenantStore& tenant : tenants) config.buckets.emplace(tenant.bucket, tenant.settings);
    }
    complete(config, environment, default_brokers);
    return config;
}

}  // namespace strongroom::auditor
