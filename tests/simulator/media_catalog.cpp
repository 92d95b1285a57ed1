#include "tests/simulator/media_catalog.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <openssl/sha.h>

#include "shared/base/encoding.hpp"
#include "tests/simulator/json_fields.hpp"

namespace strongroom::simulator {
namespace {

using Type = std::pair<std::string_view, std::string_view>;
constexpr std::array kTypes{Type{"-twav", "audio/wav"}, Type{"-tmp3", "audio/mpeg"}, Type{"-togg", "audio/ogg"},
                            Type{"-twebm", "video/webm"}, Type{"-tjson", "application/json"}};

/// What the id's own end says.
Media described_by(std::string_view id) {
    Media media;
    if (const auto at = id.rfind("-s"); at != std::string_view::npos) {
        std::uint64_t size = 0;
        const auto* end = id.data() + id.size();
        const auto [stop, error] = std::from_chars(id.data() + at + 2, end, size);
        if (error == std::errc{} && stop == end) {
            media.size = size;
            id = id.substr(0, at);
        }
    }
    for (const auto& [ending, type] : kTypes) {
        if (id.ends_with(ending)) media.content_type = type;
    }
    return media;
}

/// `false` is what a person writes for "none".
void read_etag(JsonFields& fields, std::string& etag) {
    const auto* value = fields.take("etag");
    if (value == nullptr) return;
    if (const auto* flag = value->if_bool()) {
        etag = *flag ? "strong" : "none";
    } else {
        fields.read("etag", etag);
    }
}

}  // namespace

Media MediaCatalog::find(std::string_view id) const {
    const auto found = overrides_.find(id);
    return found == overrides_.end() ? described_by(id) : found->second;
}

std::string MediaCatalog::override_with(const std::string& id, const boost::json::object& object) {
    auto media = described_by(id);
    JsonFields fields{object};
    fields.read("size", media.size);
    fields.read("content_type", media.content_type);
    fields.read("status", media.status);
    fields.read("interaction_id", media.interaction_id);
    fields.read("started_at", media.started_at);
    fields.read("omit_download_url", media.omit_download_url);
    fields.read("omit_size", media.omit_size);
    fields.read("gone", media.gone);
    read_etag(fields, media.etag);
    fields.read("chunked", media.chunked);
    fields.read("redirect", media.redirect);
    auto mistakes = fields.mistakes();
    if (mistakes.empty()) overrides_.insert_or_assign(id, std::move(media));
    return mistakes;
}

void MediaCatalog::forget(std::string_view id) {
    if (const auto found = overrides_.find(id); found != overrides_.end()) overrides_.erase(found);
}

std::string entity_tag(std::string_view id, const Media& media) {
    if (media.etag == "none") return {};
    if (media.etag != "strong" && media.etag != "weak") return media.etag;
    const auto text = std::string{id} + "#" + std::to_string(media.size);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    const auto tag = "\"" + hex_encode(std::as_bytes(std::span{digest}).first(16)) + "\"";
    return media.etag == "weak" ? "W/" + tag : tag;
}

}  // namespace strongroom::simulator
