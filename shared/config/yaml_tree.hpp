#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/config/mistake.hpp"

namespace strongroom::config {

struct YamlEntry;

/// A parsed document: nothing but maps, lists and scalars, each with its line.
struct YamlNode {
    enum class Kind { kNull, kScalar, kMap, kList };
    Kind kind = Kind::kNull;
    int line = 1;
    std::string scalar{};            ///< of kScalar, as written
    std::vector<YamlEntry> entries;  ///< of kMap, in the file's order; a key may stand there twice
    std::vector<YamlNode> items{};   ///< of kList
};

struct YamlEntry {
    std::string key;
    int line = 1;
    YamlNode value{};
};

/// Bounds on a file that anyone may have edited.
struct YamlLimits {
    std::size_t bytes = 1 << 20;
    std::size_t nodes = 20'000;
    std::size_t depth = 16;
};

/// Refuses what is no YAML, more than one document, anchors and aliases, tags, and keys that are not plain text.
std::variant<YamlNode, Mistake> parse_yaml(std::string_view text, const YamlLimits& limits = {});

}  // namespace strongroom::config
