#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace strongroom::object_store {

struct S3EndpointConfig {
    std::string region = "us-east-1";
    /// Another server than AWS, `https://host[:port]`; buckets are then part of the path.
    std::string endpoint{};
    /// Bodies are not signed (their checksum is), so plain http to anything but loopback must be asked for.
    bool allow_insecure = false;
};

/// Where buckets are. Immutable: any thread.
class S3Endpoint {
  public:
    /// Permanent failure that says what is wrong with the settings.
    static Result<S3Endpoint> make(const S3EndpointConfig& config);

    /// The URL of an object, or of the bucket when `key` is empty. `query` is encoded already.
    [[nodiscard]] std::string url(std::string_view bucket, std::string_view key, std::string_view query = {}) const;
    [[nodiscard]] const std::string& region() const { return region_; }

  private:
    std::string region_;
    std::string endpoint_;  ///< without a slash at its end; empty = AWS
};

}  // namespace strongroom::object_store
