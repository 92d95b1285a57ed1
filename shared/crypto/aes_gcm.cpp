#include "shared/crypto/aes_gcm.hpp"

#include <algorithm>

#include "shared/crypto/evp_handles.hpp"

namespace strongroom::crypto {
namespace {

/// Fetched once: EVP_aes_256_gcm() would look the provider up again in every init. Immutable, so any thread may share
/// it.
const EVP_CIPHER* aes_256_gcm() {
    static const FetchedCipher cipher{EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)};
    require(cipher != nullptr, "EVP_CIPHER_fetch(AES-256-GCM)");
    return cipher.get();
}

unsigned char* raw(std::byte* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const std::byte* bytes) {
    return reinterpret_cast<const unsigned char*>(bytes);
}

CipherContext start(bool encrypt, std::span<const std::byte, 32> key, std::span<const std::byte, 12> iv,
                    std::span<const std::byte> aad) {
    CipherContext context{EVP_CIPHER_CTX_new()};
    require(context != nullptr, "EVP_CIPHER_CTX_new");
    require(EVP_CipherInit_ex2(context.get(), aes_256_gcm(), raw(key.data()), raw(iv.data()), encrypt ? 1 : 0,
                               nullptr) == 1,
            "EVP_CipherInit_ex2");
    int length = 0;
    require(aad.empty() ||
                EVP_CipherUpdate(context.get(), nullptr, &length, raw(aad.data()), static_cast<int>(aad.size())) == 1,
            "EVP_CipherUpdate(aad)");
    return context;
}

void transform(EVP_CIPHER_CTX* context, std::span<const std::byte> in, std::byte* out) {
    constexpr std::size_t kMost = 1U << 30U;  // OpenSSL counts in int
    while (!in.empty()) {
        const std::size_t count = std::min(in.size(), kMost);
        int written = 0;
        require(EVP_CipherUpdate(context, raw(out), &written, raw(in.data()), static_cast<int>(count)) == 1,
                "EVP_CipherUpdate");
        in = in.subspan(count);
        out += count;
    }
}

}  // namespace

struct AesGcmEncryptor::Impl {
    CipherContext context;
};

AesGcmEncryptor::AesGcmEncryptor(std::span<const std::byte, 32> key, std::span<const std::byte, 12> iv,
                                 std::span<const std::byte> aad)
    : impl_{std::make_unique<Impl>(start(true, key, iv, aad))} {}
AesGcmEncryptor::AesGcmEncryptor(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
AesGcmEncryptor::~AesGcmEncryptor() = default;
AesGcmEncryptor::AesGcmEncryptor(AesGcmEncryptor&&) noexcept = default;
AesGcmEncryptor& AesGcmEncryptor::operator=(AesGcmEncryptor&&) noexcept = default;

AesGcmEncryptor AesGcmEncryptor::checkpoint() const {
    CipherContext copy{EVP_CIPHER_CTX_new()};
    require(copy != nullptr, "EVP_CIPHER_CTX_new");
    require(EVP_CIPHER_CTX_copy(copy.get(), impl_->context.get()) == 1, "EVP_CIPHER_CTX_copy");
    return AesGcmEncryptor{std::make_unique<Impl>(std::move(copy))};
}

void AesGcmEncryptor::update(std::span<const std::byte> plain, std::byte* out) {
    transform(impl_->context.get(), plain, out);
}

GcmTag AesGcmEncryptor::finish() {
    EVP_CIPHER_CTX* context = impl_->context.get();
    GcmTag tag;
    int length = 0;
    require(EVP_CipherFinal_ex(context, raw(tag.data()), &length) == 1, "EVP_CipherFinal_ex");
    require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag.size()), tag.data()) == 1,
            "EVP_CTRL_AEAD_GET_TAG");
    return tag;
}

struct AesGcmDecryptor::Impl {
    CipherContext context;
};

AesGcmDecryptor::AesGcmDecryptor(std::span<const std::byte, 32> key, std::span<const std::byte, 12> iv,
                                 std::span<const std::byte> aad)
    : impl_{std::make_unique<Impl>(start(false, key, iv, aad))} {}
AesGcmDecryptor::~AesGcmDecryptor() = default;
AesGcmDecryptor::AesGcmDecryptor(AesGcmDecryptor&&) noexcept = default;
AesGcmDecryptor& AesGcmDecryptor::operator=(AesGcmDecryptor&&) noexcept = default;

void AesGcmDecryptor::update(std::span<const std::byte> cipher, std::byte* out) {
    transform(impl_->context.get(), cipher, out);
}

bool AesGcmDecryptor::verify(const GcmTag& tag) {
    EVP_CIPHER_CTX* context = impl_->context.get();
    GcmTag copy = tag;  // the call takes a pointer to non-const
    require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(copy.size()), copy.data()) == 1,
            "EVP_CTRL_AEAD_SET_TAG");
    int length = 0;
    return EVP_CipherFinal_ex(context, raw(copy.data()), &length) == 1;
}

}  // namespace strongroom::crypto
