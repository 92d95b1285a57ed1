#include "shared/crypto/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <algorithm>
#include <utility>

#include <isa-l/crc.h>

#include "shared/base/encoding.hpp"
#include "shared/crypto/evp_handles.hpp"

namespace strongroom::crypto {
namespace {

/// Looked up once: a lookup in every init costs more than hashing a short text. Immutable, so any thread may share it.
const EVP_MD* fetched_sha256() {
    static const FetchedDigest digest{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    require(digest != nullptr, "EVP_MD_fetch(SHA256)");
    return digest.get();
}

/// A keyless HMAC context that is copied for every use: finding algorithm and digest by name costs three times the
/// hashing. Copying only reads it, so any thread may share it.
MacContext make_hmac_template(const char* digest) {
    const FetchedMac mac{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    require(mac != nullptr, "EVP_MAC_fetch(HMAC)");
    MacContext context{EVP_MAC_CTX_new(mac.get())};
    require(context != nullptr, "EVP_MAC_CTX_new");
    std::string name{digest};
    const std::array<OSSL_PARAM, 2> parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
                                               OSSL_PARAM_construct_end()};
    require(EVP_MAC_CTX_set_params(context.get(), parameters.data()) == 1, "EVP_MAC_CTX_set_params");
    return context;
}

unsigned char* raw(std::byte* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(std::span<const std::byte> bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

template <class Digest>
Digest hmac(const EVP_MAC_CTX* keyless, std::span<const std::byte> key, std::span<const std::byte> bytes) {
    const MacContext context{EVP_MAC_CTX_dup(keyless)};
    require(context != nullptr, "EVP_MAC_CTX_dup");
    // An empty key must still point somewhere, or OpenSSL takes it for "the key that was set before".
    const auto* key_data = key.empty() ? reinterpret_cast<const unsigned char*>("") : raw(key);
    Digest digest;
    std::size_t length = 0;
    require(EVP_MAC_init(context.get(), key_data, key.size(), nullptr) == 1, "EVP_MAC_init");
    require(EVP_MAC_update(context.get(), raw(bytes), bytes.size()) == 1, "EVP_MAC_update");
    require(EVP_MAC_final(context.get(), raw(digest.data()), &length, digest.size()) == 1 && length == digest.size(),
            "EVP_MAC_final");
    return digest;
}

}  // namespace

struct Sha256::Impl {
    DigestContext context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : impl_{std::make_unique<Impl>()} {
    require(impl_->context != nullptr, "EVP_MD_CTX_new");
    require(EVP_DigestInit_ex2(impl_->context.get(), fetched_sha256(), nullptr) == 1, "EVP_DigestInit_ex2");
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::byte> bytes) {
    require(EVP_DigestUpdate(impl_->context.get(), bytes.data(), bytes.size()) == 1, "EVP_DigestUpdate");
}

Sha256Digest Sha256::finish() {
    Sha256Digest digest;
    require(EVP_DigestFinal_ex(impl_->context.get(), raw(digest.data()), nullptr) == 1, "EVP_DigestFinal_ex");
    return digest;
}

Sha1Digest sha1(std::span<const std::byte> bytes) {
    Sha1Digest digest;
    require(EVP_Digest(bytes.data(), bytes.size(), raw(digest.data()), nullptr, EVP_sha1(), nullptr) == 1,
            "EVP_Digest");
    return digest;
}

Sha256Digest sha256(std::span<const std::byte> bytes) {
    Sha256Digest digest;
    require(EVP_Digest(bytes.data(), bytes.size(), raw(digest.data()), nullptr, fetched_sha256(), nullptr) == 1,
            "EVP_Digest");
    return digest;
}

Sha256Digest hmac_sha256(std::span<const std::byte> key, std::span<const std::byte> bytes) {
    static const MacContext keyless = make_hmac_template("SHA256");
    return hmac<Sha256Digest>(keyless.get(), key, bytes);
}

Sha512Digest hmac_sha512(std::span<const std::byte> key, std::span<const std::byte> bytes) {
    static const MacContext keyless = make_hmac_template("SHA512");
    return hmac<Sha512Digest>(keyless.get(), key, bytes);
}

void Crc32c::update(std::span<const std::byte> bytes) {
    constexpr std::size_t kMost = 1U << 30U;  // ISA-L counts in int
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(bytes.size(), kMost));
        // ISA-L takes a pointer to non-const and does not write through it.
        state_ = crc32_iscsi(const_cast<unsigned char*>(raw(part)), static_cast<int>(part.size()), state_);
        bytes = bytes.subspan(part.size());
    }
}

std::string Crc32c::base64() const {
    const std::uint32_t sum = value();
    const std::array<std::byte, 4> big_endian{std::byte(sum >> 24U), std::byte(sum >> 16U & 0xffU),
                                              std::byte(sum >> 8U & 0xffU), std::byte(sum & 0xffU)};
    return base64_encode(big_endian);
}

std::optional<std::uint32_t> parse_crc32c(std::string_view base64) {
    const auto bytes = base64_decode(base64);
    if (!bytes || bytes->size() != 4) return std::nullopt;
    std::uint32_t sum = 0;
    for (const std::byte b : *bytes) sum = sum << 8U | std::to_integer<std::uint32_t>(b);
    return sum;
}

bool equal_in_constant_time(std::span<const std::byte> a, std::span<const std::byte> b) {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace strongroom::crypto
