#include "shared/crypto/envelope.hpp"

#include <stdexcept>

#include "shared/crypto/envelope_origin.hpp"
#include "shared/crypto/envelope_v3.hpp"
#include "shared/crypto/metadata_field.hpp"

namespace strongroom::crypto {

std::string_view to_string(Format format) {
    switch (format) {
        case Format::kOrigin:
            return "origin";
        case Format::kV3:
            return "v3";
    }
    return "unknown";
}

std::optional<Format> parse_format(std::string_view text) {
    if (text == "origin") return Format::kOrigin;
    if (text == "v3") return Format::kV3;
    return std::nullopt;
}

std::optional<Format> recognise(const Metadata& metadata) {
    if (metadata.contains("x-amz-c")) return Format::kV3;
    if (metadata.contains("encryption")) return Format::kOrigin;
    return std::nullopt;
}

Sealed seal(Format format, const NamedKey& key, RandomSource& random) {
    if (key.bytes.reveal().size() != 32) throw std::invalid_argument("key " + key.id + " is not 32 bytes long");
    return format == Format::kV3 ? seal_v3(key, random) : seal_origin(key, random);
}

Result<AesGcmDecryptor> open(const Metadata& metadata, const KeyLookup& keys) {
    const auto format = recognise(metadata);
    if (format == Format::kV3) return open_v3(metadata, keys);
    if (format == Format::kOrigin) return open_origin(metadata, keys);
    if (metadata.contains("x-amz-key-v2") || metadata.contains("x-amz-key")) {
        return unusable_field(metadata.contains("x-amz-key-v2") ? "x-amz-key-v2" : "x-amz-key",
                              "written by an S3 Encryption Client before V3, which is not read here");
    }
    return unusable_field("x-amz-c or encryption", "missing, so the object is not encrypted in a format known here");
}

}  // namespace strongroom::crypto
