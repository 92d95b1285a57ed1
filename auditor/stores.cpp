#include "auditor/stores.hpp"

#include <utility>

#include "shared/object_store/s3_client.hpp"

namespace strongroom::auditor {

Result<Stores> Stores::make(const AuditorConfig& config, http::Client& http, aws::CredentialSource& credentials,
                            const TimeSource& time) {
    const auto make_store = [&](const StoreSettings& settings) -> Result<Store> {
        auto endpoint = object_store::S3Endpoint::make(
            {.region = settings.region, .endpoint = settings.endpoint, .allow_insecure = settings.allow_insecure});
        if (!endpoint) return endpoint.error();
        return Store{std::make_unique<object_store::S3Client>(http, credentials, time, std::move(*endpoint))};
    };
    auto other = make_store(config.store);
    if (!other) return other.error();
    std::map<std::string, Store> by_bucket;
    for (const auto& [bucket, settings] : config.buckets) {
        auto store = make_store(settings);
        if (!store) return store.error();
        by_bucket.emplace(bucket, std::move(*store));
    }
    return Stores{std::move(*other), std::move(by_bucket)};
}

object_store::ObjectStore& Stores::of(const std::string& bucket) const {
    const auto store = by_bucket_.find(bucket);
    return store == by_bucket_.end() ? *other_ : *store->second;
}

}  // namespace strongroom::auditor
