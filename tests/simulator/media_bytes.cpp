#include "tests/simulator/media_bytes.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace strongroom::simulator {
namespace {

constexpr std::size_t kBlock = 16;
constexpr std::size_t kPattern = 1U << 20U;

void require(bool done) {
    if (!done) throw std::runtime_error{"media_bytes: AES-256-CTR failed"};
}

std::array<unsigned char, SHA256_DIGEST_LENGTH> key_of(std::string_view id, std::uint64_t size) {
    const auto text = std::string{id} + ":" + std::to_string(size);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> key{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data());
    return key;
}

/// The counter block at a block number: the zero IV plus the number, big-endian.
std::array<unsigned char, kBlock> counter_at(std::uint64_t block) {
    std::array<unsigned char, kBlock> counter{};
    for (std::size_t i = 0; i < 8; ++i) counter[kBlock - 1 - i] = static_cast<unsigned char>(block >> (8 * i));
    return counter;
}

void keystream(EVP_CIPHER_CTX* cipher, std::span<std::byte> out) {
    std::ranges::fill(out, std::byte{0});
    auto* at = reinterpret_cast<unsigned char*>(out.data());
    int length = 0;
    require(EVP_EncryptUpdate(cipher, at, &length, at, static_cast<int>(out.size())) == 1);
}

const std::vector<std::byte>& pattern() {
    static const auto block = [] {
        std::vector<std::byte> bytes(kPattern);
        std::uint32_t state = 1;
        for (auto& byte : bytes) byte = static_cast<std::byte>((state = state * 1664525U + 1013904223U) >> 24U);
        return bytes;
    }();
    return block;
}

}  // namespace

void free_cipher_context(evp_cipher_ctx_st* context) {
    EVP_CIPHER_CTX_free(context);
}

MediaBytes::MediaBytes(MediaMode mode, std::string_view id, std::uint64_t size, std::uint64_t offset)
    : mode_{mode}, offset_{offset} {
    if (mode_ == MediaMode::kPattern) return;
    cipher_.reset(EVP_CIPHER_CTX_new());
    const auto key = key_of(id, size);
    const auto counter = counter_at(offset / kBlock);
    require(EVP_EncryptInit_ex(cipher_.get(), EVP_aes_256_ctr(), nullptr, key.data(), counter.data()) == 1);
    std::array<std::byte, kBlock> skipped{};
    if (offset % kBlock != 0) keystream(cipher_.get(), std::span{skipped}.first(offset % kBlock));
}

std::span<const std::byte> MediaBytes::next(std::size_t most) {
    const auto bytes = mode_ == MediaMode::kPattern ? next_of_pattern(most) : next_of_keystream(most);
    offset_ += bytes.size();
    return bytes;
}

std::span<const std::byte> MediaBytes::next_of_pattern(std::size_t most) {
    const auto at = static_cast<std::size_t>(offset_ % kPattern);
    return std::span{pattern()}.subspan(at, std::min(most, kPattern - at));
}

std::span<const std::byte> MediaBytes::next_of_keystream(std::size_t most) {
    const auto length = std::min(most, kPiece);
    if (piece_.size() < length) piece_.resize(length);
    keystream(cipher_.get(), std::span{piece_}.first(length));
    return std::span{piece_}.first(length);
}

}  // namespace strongroom::simulator
