#include "shared/fleet/token_seal.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "shared/base/encoding.hpp"
#include "shared/crypto/aes_gcm.hpp"

namespace strongroom::fleet {
namespace {

constexpr std::size_t kIvBytes = 12;
constexpr std::size_t kTagBytes = std::tuple_size_v<crypto::GcmTag>;

std::span<const std::byte, 32> key_bytes(const Secret& key) {
    const auto bytes = as_bytes(key.reveal());
    if (bytes.size() != 32) throw std::invalid_argument("redis.seal_key is not 32 bytes");
    return bytes.first<32>();
}

Failure does_not_open() {
    return {.kind = FailureKind::kTransient,
            .dependency = Dependency::kRedis,
            .cause = Cause::kWrongKey,
            .message = "the shared token in redis (sr:token:…) does not open; all pods need the same redis.seal_key"};
}

}  // namespace

std::string seal_text(const Secret& key, const Secret& plain, std::string_view context, RandomSource& random) {
    const auto bytes = as_bytes(plain.reveal());
    Bytes sealed(kIvBytes + bytes.size() + kTagBytes);
    const auto iv = std::span{sealed}.first<kIvBytes>();
    random.fill(iv);
    crypto::AesGcmEncryptor cipher{key_bytes(key), iv, as_bytes(context)};
    cipher.update(bytes, sealed.data() + kIvBytes);
    std::ranges::copy(cipher.finish(), sealed.end() - kTagBytes);
    return base64_encode(sealed);
}

Result<Secret> unseal_text(const Secret& key, std::string_view sealed, std::string_view context) {
    const auto bytes = base64_decode(sealed);
    if (!bytes || bytes->size() < kIvBytes + kTagBytes) return does_not_open();
    const std::span all{*bytes};
    const auto body = all.subspan(kIvBytes, all.size() - kIvBytes - kTagBytes);
    crypto::GcmTag tag{};
    std::ranges::copy(all.last(kTagBytes), tag.begin());
    crypto::AesGcmDecryptor cipher{key_bytes(key), all.first<kIvBytes>(), as_bytes(context)};
    std::string plain(body.size(), '\0');
    cipher.update(body, std::as_writable_bytes(std::span{plain}).data());
    Secret opened{std::move(plain)};
    if (!cipher.verify(tag)) return does_not_open();
    return opened;
}

}  // namespace strongroom::fleet
