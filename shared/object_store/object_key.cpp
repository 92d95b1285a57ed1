#include "shared/object_store/object_key.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/base/encoding.hpp"
#include "shared/base/units.hpp"
#include "shared/crypto/digest.hpp"

namespace strongroom::object_store {
namespace {

constexpr std::size_t kMaxKeyBytes = 1024;

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kExtensions{{{"audio/wav", "wav"},
                                                                                     {"audio/x-wav", "wav"},
                                                                                     {"audio/mpeg", "mp3"},
                                                                                     {"audio/ogg", "ogg"},
                                                                                     {"audio/webm", "webm"},
                                                                                     {"video/webm", "webm"},
                                                                                     {"video/mp4", "mp4"},
                                                                                     {"application/json", "json"},
                                                                                     {"application/pdf", "pdf"},
                                                                                     {"application/zip", "zip"},
                                                                                     {"message/rfc822", "eml"},
                                                                                     {"image/jpeg", "jpg"},
                                                                                     {"image/png", "png"},
                                                                                     {"text/plain", "txt"}}};

std::string extension_of(std::string_view content_type) {
    const std::string_view type = content_type.substr(0, content_type.find(';'));
    const auto* at = std::ranges::find(kExtensions, type, &std::pair<std::string_view, std::string_view>::first);
    return std::string{at == kExtensions.end() ? "bin" : at->second};
}

bool is_safe(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view{"/._:-=+@"}.find(c) != std::string_view::npos;
}

/// The platform's ids may hold a colon; everything else outside of the unreserved set is escaped.
std::string escape_id(const std::string& id) {
    std::string escaped = percent_encode(id);
    for (std::size_t at = 0; (at = escaped.find("%3A", at)) != std::string::npos;) escaped.replace(at, 3, ":");
    return escaped;
}

Failure bad_template(std::string_view text, std::string_view why) {
    return {.kind = FailureKind::kPermanent,
            .message = "key template '" + std::string{text} + "': " + std::string{why}};
}

/// True for a path that has an empty, `.` or `..` segment or begins with a slash.
bool has_bad_segment(std::string_view path) {
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        if (segment.empty() || segment == "." || segment == "..") return true;
        if (slash == std::string_view::npos) return false;
        path.remove_prefix(slash + 1);
    }
}

std::string date_part(WallTime date, std::size_t from, std::size_t count) {
    return format_rfc3339(date).substr(from, count);
}

}  // namespace

Result<KeyTemplate::Piece> KeyTemplate::parse_field(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Field>, 9> kFields{{{"tenant", Field::kTenant},
                                                                         {"media_id", Field::kMediaId},
                                                                         {"interaction_id", Field::kInteractionId},
                                                                         {"yyyy", Field::kYear},
                                                                         {"mm", Field::kMonth},
                                                                         {"dd", Field::kDay},
                                                                         {"hh", Field::kHour},
                                                                         {"ext", Field::kExtension},
                                                                         {"shard", Field::kShard}}};
    for (const auto& [known, field] : kFields) {
        if (known == name) return Piece{field, std::string{name}};
    }
    return Failure{.kind = FailureKind::kPermanent,
                   .message = "unknown field {" + std::string{name} +
                              "}; known: {tenant} {media_id} {interaction_id} {yyyy} {mm} {dd} {hh} {ext} {shard}"};
}

Result<KeyTemplate> KeyTemplate::parse(std::string_view text) {
    KeyTemplate made;
    std::string shape;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t open = rest.find('{');
        const std::string literal{rest.substr(0, open)};
        if (!std::ranges::all_of(literal, is_safe))
            return bad_template(text, "only A-Z a-z 0-9 / . _ : - = + @ are safe");
        if (!literal.empty()) made.pieces_.push_back({Field::kText, literal});
        shape += literal;
        if (open == std::string_view::npos) break;
        const std::size_t close = rest.find('}', open);
        if (close == std::string_view::npos) return bad_template(text, "a { is not closed");
        auto piece = parse_field(rest.substr(open + 1, close - open - 1));
        if (!piece) return bad_template(text, piece.error().message);
        made.pieces_.push_back(std::move(*piece));
        shape += 'x';
        rest.remove_prefix(close + 1);
    }
    const auto is_media_id = [](const Piece& piece) { return piece.field == Field::kMediaId; };
    if (std::ranges::none_of(made.pieces_, is_media_id)) return bad_template(text, "it needs {media_id}");
    if (has_bad_segment(shape)) return bad_template(text, "a segment is empty, '.' or '..', or it begins with a slash");
    return made;
}

std::string KeyTemplate::render(const Piece& piece, const KeyFields& fields) {
    switch (piece.field) {
        case Field::kText:
            return piece.text;
        case Field::kTenant:
            return escape_id(fields.tenant);
        case Field::kMediaId:
            return escape_id(fields.media_id);
        case Field::kInteractionId:
            return escape_id(fields.interaction_id);
        case Field::kYear:
            return date_part(fields.date, 0, 4);
        case Field::kMonth:
            return date_part(fields.date, 5, 2);
        case Field::kDay:
            return date_part(fields.date, 8, 2);
        case Field::kHour:
            return date_part(fields.date, 11, 2);
        case Field::kExtension:
            return extension_of(fields.content_type);
        case Field::kShard:
            return hex_encode(crypto::sha256(as_bytes(fields.qualified_item))).substr(0, 2);
    }
    return {};
}

Result<std::string> KeyTemplate::expand(const KeyFields& fields) const {
    std::string key;
    for (const Piece& piece : pieces_) key += render(piece, fields);
    if (key.size() <= kMaxKeyBytes && !has_bad_segment(key)) return key;
    return Failure{.kind = FailureKind::kPoison,
                   .dependency = Dependency::kStore,
                   .stage = Stage::kTransfer,
                   .message = "the ids of " + escape_id(fields.qualified_item).substr(0, 200) +
                              " make an object key that is unsafe or longer than 1,024 bytes"};
}

bool KeyTemplate::has_date() const {
    return std::ranges::any_of(pieces_, [](const Piece& piece) {
        return piece.field == Field::kYear || piece.field == Field::kMonth || piece.field == Field::kDay ||
               piece.field == Field::kHour;
    });
}

std::string KeyTemplate::fixed_prefix() const {
    if (pieces_.empty() || pieces_.front().field != Field::kText) return {};
    const std::string& text = pieces_.front().text;
    return text.substr(0, text.rfind('/') + 1);
}

}  // namespace strongroom::object_store
