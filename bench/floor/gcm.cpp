#include "bench/floor/gcm.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <openssl/rand.h>

namespace strongroom::bench {
namespace {

void require(int result) {
    if (result != 1) throw std::runtime_error{"floor: OpenSSL failed"};
}

void append(std::span<const unsigned char> bytes, Ring& into) {
    while (!bytes.empty()) {
        const auto room = into.room();
        const auto count = std::min(room.size(), bytes.size());
        std::copy_n(bytes.begin(), count, room.begin());
        into.wrote(count);
        bytes = bytes.subspan(count);
    }
}

}  // namespace

Gcm::Gcm() : context_{EVP_CIPHER_CTX_new()} {
    require(EVP_EncryptInit_ex(context_.get(), EVP_aes_256_gcm(), nullptr, nullptr, nullptr));
}

void Gcm::start() {
    std::array<unsigned char, 32 + 12> material{};
    require(RAND_bytes(material.data(), static_cast<int>(material.size())));
    require(EVP_EncryptInit_ex(context_.get(), nullptr, nullptr, material.data(), material.data() + 32));
}

void Gcm::encrypt(std::span<const unsigned char> plain, Ring& into) {
    while (!plain.empty()) {
        const auto room = into.room();
        const auto count = std::min(room.size(), plain.size());
        int written = 0;
        require(EVP_EncryptUpdate(context_.get(), room.data(), &written, plain.data(), static_cast<int>(count)));
        into.wrote(count);
        plain = plain.subspan(count);
    }
}

void Gcm::finish(Ring& into) {
    std::array<unsigned char, kTag> tag{};
    int written = 0;
    require(EVP_EncryptFinal_ex(context_.get(), tag.data(), &written));
    require(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag.size()), tag.data()));
    append(tag, into);
}

}  // namespace strongroom::bench
