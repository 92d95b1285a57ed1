#include <array>
#include <stdexcept>

#include <openssl/evp.h>

#include "shared/base/encoding.hpp"
#include "shared/redis/client.hpp"

namespace strongroom::redis {
namespace {

std::string sha1_hex(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL refused SHA-1, which Redis names scripts by");
    }
    return hex_encode(std::as_bytes(std::span{digest.data(), length}));
}

}  // namespace

Script::Script(std::string text) : source{std::move(text)}, sha1{sha1_hex(source)} {}

}  // namespace strongroom::redis
