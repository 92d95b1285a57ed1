#include "shared/crypto/hkdf.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "shared/base/encoding.hpp"

namespace strongroom::crypto {
namespace {

// Suite 0x0073, big-endian, then the label (specification "key-derivation").
constexpr std::string_view kCommitmentInfo{
    "\x00\x73"
    "COMMITKEY",
    11};
constexpr std::string_view kEncryptionInfo{
    "\x00\x73"
    "DERIVEKEY",
    11};

}  // namespace

Sha512Digest hkdf_extract(std::span<const std::byte> salt, std::span<const std::byte> key_material) {
    return hmac_sha512(salt, key_material);
}

void hkdf_expand(const Sha512Digest& pseudo_random_key, std::span<const std::byte> info, std::span<std::byte> out) {
    if (out.size() > 255 * pseudo_random_key.size()) throw std::invalid_argument("HKDF gives at most 255 blocks");
    std::string block_input;
    Sha512Digest block;
    for (char counter = 1; !out.empty(); ++counter) {
        block_input.append(as_text(info)).push_back(counter);
        block = hmac_sha512(pseudo_random_key, as_bytes(block_input));
        const std::size_t count = std::min(out.size(), block.size());
        std::copy_n(block.begin(), count, out.begin());
        out = out.subspan(count);
        block_input.assign(as_text(block));
    }
    OPENSSL_cleanse(block.data(), block.size());
    OPENSSL_cleanse(block_input.data(), block_input.size());
}

CommittedKeys::CommittedKeys(const DataKey& data_key, const MessageId& message_id)
    : pseudo_random_key_{hkdf_extract(message_id, data_key)} {}

CommittedKeys::~CommittedKeys() {
    OPENSSL_cleanse(pseudo_random_key_.data(), pseudo_random_key_.size());
}

KeyCommitment CommittedKeys::commitment() const {
    KeyCommitment commitment;
    hkdf_expand(pseudo_random_key_, as_bytes(kCommitmentInfo), commitment);
    return commitment;
}

DataKey CommittedKeys::encryption_key() const {
    DataKey key;
    hkdf_expand(pseudo_random_key_, as_bytes(kEncryptionInfo), key);
    return key;
}

}  // namespace strongroom::crypto
