#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/time_source.hpp"

namespace strongroom::simulator {

/// Makes and checks `/download/{id}?expires=<epoch ms>&signature=<hex>`: HMAC-SHA256 over id and expiry with a key that
/// lives as long as the process.
class SignedUrls {
  public:
    using Key = std::array<std::byte, 32>;
    SignedUrls(TimeSource& time, const Key& key, std::chrono::milliseconds lifetime)
        : time_{time}, key_{key}, lifetime_{lifetime} {}

    enum class Check { kValid, kExpired, kWrongSignature };

    /// Path and query for `id`, good for the lifetime.
    [[nodiscard]] std::string sign(std::string_view id) const;
    [[nodiscard]] Check check(std::string_view id, std::string_view query) const;
    void set_lifetime(std::chrono::milliseconds lifetime) { lifetime_ = lifetime; }

  private:
    [[nodiscard]] std::string signature(std::string_view id, std::string_view expires) const;

    TimeSource& time_;
    Key key_;
    std::chrono::milliseconds lifetime_;
};

}  // namespace strongroom::simulator
