#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "auditor/auditor_config.hpp"
#include "shared/aws/credentials.hpp"
#include "shared/base/time_source.hpp"
#include "shared/http/client.hpp"
#include "shared/object_store/object_store.hpp"

namespace strongroom::auditor {

/// The store that holds a bucket. What it returns lives as long as the program's run.
using StoreLookup = std::function<object_store::ObjectStore&(const std::string& bucket)>;

/// The S3 clients of a run: one for each bucket that has settings of its own, and one for all others.
class Stores {
  public:
    /// The references outlive it. The failure (permanent) says which setting is wrong.
    static Result<Stores> make(const AuditorConfig& config, http::Client& http, aws::CredentialSource& credentials,
                               const TimeSource& time);

    [[nodiscard]] object_store::ObjectStore& of(const std::string& bucket) const;

  private:
    using Store = std::unique_ptr<object_store::ObjectStore>;
    Stores(Store other, std::map<std::string, Store> by_bucket)
        : other_{std::move(other)}, by_bucket_{std::move(by_bucket)} {}

    Store other_;
    std::map<std::string, Store> by_bucket_;
};

}  // namespace strongroom::auditor
