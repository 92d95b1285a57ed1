#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/base/time_source.hpp"

namespace strongroom::object_store {

/// What an object key may be made of.
struct KeyFields {
    std::string tenant;
    std::string media_id;
    std::string interaction_id;
    std::string qualified_item;  ///< `<tenant>/<work item>`: decides {shard}
    std::string content_type;    ///< decides {ext}
    WallTime date{};             ///< the item's own date, UTC
};

/// A template such as `archive/{yyyy}/{mm}/{dd}/{media_id}.enc`. Fields: {tenant} {media_id} {interaction_id} {yyyy}
/// {mm} {dd} {hh} {ext} (by content type, `bin` if unknown) {shard} (two hexadecimal digits of the item's hash, to
/// spread prefixes).
class KeyTemplate {
  public:
    /// Permanent failure that says what is wrong: unknown field, unclosed brace, no {media_id}, a leading slash, `..`,
    /// characters outside of S3's safe set.
    static Result<KeyTemplate> parse(std::string_view text);

    /// The key: at most 1,024 bytes, ids percent-encoded where they hold anything but A-Z a-z 0-9 . _ : - (S3 user
    /// guide, object key naming). Poison when an id would make the key unsafe or too long.
    [[nodiscard]] Result<std::string> expand(const KeyFields& fields) const;

    /// True when the key depends on the date.
    [[nodiscard]] bool has_date() const;
    /// What stands before the first field, up to its last slash: `archive/`.
    [[nodiscard]] std::string fixed_prefix() const;

  private:
    enum class Field { kText, kTenant, kMediaId, kInteractionId, kYear, kMonth, kDay, kHour, kExtension, kShard };
    struct Piece {
        Field field = Field::kText;
        std::string text{};
    };

    static Result<Piece> parse_field(std::string_view name);
    [[nodiscard]] static std::string render(const Piece& piece, const KeyFields& fields);

    std::vector<Piece> pieces_;
};

}  // namespace strongroom::object_store
