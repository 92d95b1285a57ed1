#include "shared/crypto/envelope_v3.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "shared/base/encoding.hpp"
#include "shared/crypto/hkdf.hpp"
#include "shared/crypto/metadata_field.hpp"

namespace strongroom::crypto {
namespace {

constexpr const char* kSuiteField = "x-amz-c";
constexpr const char* kWrappedKeyField = "x-amz-3";
constexpr const char* kWrapField = "x-amz-w";
constexpr const char* kCommitmentField = "x-amz-d";
constexpr const char* kMessageIdField = "x-amz-i";
constexpr const char* kMaterialField = "x-amz-m";

constexpr std::string_view kSuite = "115";
constexpr std::string_view kRawAesWrap = "02";
constexpr std::string_view kBodyAad{"\x00\x73", 2};
constexpr std::size_t kIvBytes = 12;
constexpr std::size_t kWrappedBytes = kIvBytes + 32 + kTagBytes;

constexpr std::array<std::byte, kIvBytes> body_iv() {
    std::array<std::byte, kIvBytes> iv{};
    iv.fill(std::byte{1});
    return iv;
}
constexpr auto kBodyIv = body_iv();

/// 32 bytes of key that are wiped when they go.
struct KeyBytes {
    DataKey bytes{};
    ~KeyBytes() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

std::span<const std::byte, 32> bytes_of(const NamedKey& key) {
    return as_bytes(key.bytes.reveal()).first<32>();
}

/// wrap IV, wrapped key, tag.
std::array<std::byte, kWrappedBytes> wrap(const NamedKey& key, std::span<const std::byte, kIvBytes> iv,
                                          const DataKey& data_key) {
    std::array<std::byte, kWrappedBytes> wrapped;
    auto out = std::ranges::copy(iv, wrapped.begin()).out;
    AesGcmEncryptor cipher{bytes_of(key), iv, as_bytes(kSuite)};
    cipher.update(data_key, &*out);
    std::ranges::copy(cipher.finish(), out + 32);
    return wrapped;
}

bool unwrap(const NamedKey& key, std::span<const std::byte> wrapped, DataKey& data_key) {
    AesGcmDecryptor cipher{bytes_of(key), wrapped.first<kIvBytes>(), as_bytes(kSuite)};
    cipher.update(wrapped.subspan(kIvBytes, 32), data_key.data());
    GcmTag tag;
    std::ranges::copy(wrapped.last(kTagBytes), tag.begin());
    return cipher.verify(tag);
}

template <class Cipher>
Cipher body_cipher(const CommittedKeys& keys) {
    const KeyBytes body_key{keys.encryption_key()};
    return Cipher{body_key.bytes, kBodyIv, as_bytes(kBodyAad)};
}

Result<> check_algorithms(const Metadata& metadata) {
    const auto suite = require_field(metadata, kSuiteField);
    if (!suite) return suite.error();
    if (*suite != kSuite) return unusable_field(kSuiteField, "an algorithm suite other than 115 is not read here");
    const auto wrap_algorithm = require_field(metadata, kWrapField);
    if (!wrap_algorithm) return wrap_algorithm.error();
    if (*wrap_algorithm != kRawAesWrap) {
        return unusable_field(kWrapField, "the data key is not wrapped by a raw AES key (02), so no key here opens it");
    }
    return {};
}

/// Metadata comes from whoever wrote the object: not all of it belongs on a terminal.
bool is_presentable(std::string_view id) {
    return id.size() <= 64 && std::ranges::all_of(id, [](char c) { return c >= ' ' && c <= '~'; });
}

Result<const NamedKey*> find_key(const Metadata& metadata, const KeyLookup& keys) {
    const auto id = described_key(metadata);
    if (!id) return id.error();
    const NamedKey* key = keys(*id);
    if (key != nullptr && key->bytes.reveal().size() == 32) return key;
    return wrong_key(id->empty()           ? "the object names no key, and there is no default key of 32 bytes"
                     : is_presentable(*id) ? "there is no key named " + *id + ", which the object names"
                                           : "the object names a key by an id that is too long or not printable");
}

struct Fields {
    Bytes wrapped;
    MessageId message_id{};
    Bytes commitment;
};

Result<Fields> read_fields(const Metadata& metadata) {
    auto wrapped = require_base64(metadata, kWrappedKeyField, kWrappedBytes);
    if (!wrapped) return wrapped.error();
    const auto message_id = require_base64(metadata, kMessageIdField, MessageId{}.size());
    if (!message_id) return message_id.error();
    auto commitment = require_base64(metadata, kCommitmentField, KeyCommitment{}.size());
    if (!commitment) return commitment.error();
    Fields fields{.wrapped = std::move(*wrapped), .message_id = {}, .commitment = std::move(*commitment)};
    std::ranges::copy(*message_id, fields.message_id.begin());
    return fields;
}

}  // namespace

std::string describe_key(std::string_view id) {
    return boost::json::serialize(boost::json::object{{"keyId", id}});
}

Result<std::string> described_key(const Metadata& metadata) {
    const auto field = metadata.find(kMaterialField);
    if (field == metadata.end()) return std::string{};
    boost::system::error_code error;
    const auto material = boost::json::parse(field->second, error);
    if (error || !material.is_object()) return unusable_field(kMaterialField, "not a JSON object");
    const auto* id = material.get_object().if_contains("keyId");
    if (id == nullptr) return std::string{};
    if (!id->is_string()) return unusable_field(kMaterialField, "its keyId is not a string");
    return std::string{id->get_string()};
}

Sealed seal_v3(const NamedKey& key, RandomSource& random) {
    KeyBytes data_key;
    MessageId message_id;
    std::array<std::byte, kIvBytes> wrap_iv;
    random.fill(data_key.bytes);
    random.fill(message_id);
    random.fill(wrap_iv);
    const CommittedKeys keys{data_key.bytes, message_id};
    return {.metadata = {{kSuiteField, std::string{kSuite}},
                         {kWrapField, std::string{kRawAesWrap}},
                         {kWrappedKeyField, base64_encode(wrap(key, wrap_iv, data_key.bytes))},
                         {kCommitmentField, base64_encode(keys.commitment())},
                         {kMessageIdField, base64_encode(message_id)},
                         {kMaterialField, describe_key(key.id)}},
            .cipher = body_cipher<AesGcmEncryptor>(keys)};
}

Result<AesGcmDecryptor> open_v3(const Metadata& metadata, const KeyLookup& keys) {
    if (auto known = check_algorithms(metadata); !known) return known.error();
    const auto fields = read_fields(metadata);
    if (!fields) return fields.error();
    const auto key = find_key(metadata, keys);
    if (!key) return key.error();
    KeyBytes data_key;
    if (!unwrap(**key, fields->wrapped, data_key.bytes)) {
        return wrong_key("key " + (*key)->id +
                         " does not unwrap the data key (x-amz-3): wrong key, or changed metadata");
    }
    const CommittedKeys derived{data_key.bytes, fields->message_id};
    if (!equal_in_constant_time(derived.commitment(), fields->commitment)) {
        return wrong_key("the data key does not match its commitment (x-amz-d): changed metadata, or a forged object");
    }
    return body_cipher<AesGcmDecryptor>(derived);
}

}  // namespace strongroom::crypto
