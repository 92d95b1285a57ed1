#include "tests/simulator/signed_url.hpp"

#include <charconv>
#include <stdexcept>

#include <openssl/hmac.h>

#include "shared/base/encoding.hpp"
#include "tests/simulator/route.hpp"

namespace strongroom::simulator {

std::string SignedUrls::signature(std::string_view id, std::string_view expires) const {
    const auto text = std::string{id} + "\n" + std::string{expires};
    std::array<unsigned char, 32> digest{};
    unsigned int length = digest.size();
    if (HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &length) == nullptr) {
        throw std::runtime_error{"signed_url: HMAC-SHA256 failed"};
    }
    return hex_encode(std::as_bytes(std::span{digest}));
}

std::string SignedUrls::sign(std::string_view id) const {
    const auto expires = std::to_string((time_.wall_now() + lifetime_).time_since_epoch().count());
    return "/download/" + percent_encode(id) + "?expires=" + expires + "&signature=" + signature(id, expires);
}

SignedUrls::Check SignedUrls::check(std::string_view id, std::string_view query) const {
    const auto expires = form_value(query, "expires").value_or("");
    if (form_value(query, "signature") != signature(id, expires)) return Check::kWrongSignature;
    std::int64_t at = 0;
    std::from_chars(expires.data(), expires.data() + expires.size(), at);
    return time_.wall_now().time_since_epoch().count() < at ? Check::kValid : Check::kExpired;
}

}  // namespace strongroom::simulator
