#include "auditor/key_choice.hpp"

#include <utility>

#include "shared/crypto/envelope_v3.hpp"

namespace strongroom::auditor {
namespace {

constexpr const char* kKeyIdField = "sr-key-id";

}  // namespace

crypto::KeyLookup lookup_in(const keys::KeyProvider& keys, bool sole) {
    return [&keys, sole](std::string_view id) { return sole ? &keys.active() : keys.find(id); };
}

crypto::KeyLookup with_named_key(crypto::KeyLookup keys, const crypto::Metadata& metadata) {
    const auto field = metadata.find(kKeyIdField);
    if (field == metadata.end()) return keys;
    return [keys = std::move(keys), named = field->second](std::string_view id) {
        if (!id.empty()) return keys(id);
        const crypto::NamedKey* key = keys(named);
        return key != nullptr ? key : keys({});
    };
}

std::string named_key(const crypto::Metadata& metadata) {
    if (const auto id = crypto::described_key(metadata); id && !id->empty()) return *id;
    const auto field = metadata.find(kKeyIdField);
    return field == metadata.end() ? std::string{} : field->second;
}

}  // namespace strongroom::auditor
