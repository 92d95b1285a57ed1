#include "shared/config/yaml_tree.hpp"

#include <gtest/gtest.h>

namespace strongroom::config {
namespace {

std::string refusal(const std::string& text) {
    const auto parsed = parse_yaml(text, {.bytes = 4096, .nodes = 100, .depth = 8});
    const auto* mistake = std::get_if<Mistake>(&parsed);
    return mistake == nullptr ? "" : std::to_string(mistake->line) + ": " + mistake->what;
}

TEST(YamlTree, KeepsOrderLinesAndText) {
    const auto parsed = parse_yaml("a: {x: \"1\"}\nb:\n  - 010\n  - ~\n");
    const auto& root = std::get<YamlNode>(parsed);
    ASSERT_EQ(root.entries.size(), 2U);
    EXPECT_EQ(root.entries[1].key, "b");
    EXPECT_EQ(root.entries[1].line, 2);
    EXPECT_EQ(root.entries[1].value.items[0].scalar, "010");
    EXPECT_EQ(root.entries[1].value.items[0].line, 3);
    EXPECT_EQ(root.entries[1].value.items[1].kind, YamlNode::Kind::kNull);
    EXPECT_EQ(root.entries[0].value.entries[0].value.scalar, "1");
}

TEST(YamlTree, RefusesWhatAConfigurationNeedNot) {
    EXPECT_EQ(refusal("a: &x 1\nb: *x\n"), "1: anchors are not supported");
    EXPECT_EQ(refusal("a: !!int 1\n"), "1: tags are not supported");
    EXPECT_EQ(refusal("? {a: 1}\n: 2\n"), "1: a key must be plain text");
    EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "0: holds more than one document");
    EXPECT_EQ(refusal("a: [1, 2\nb: 3\n").substr(2, 16), " not valid YAML:");
    EXPECT_EQ(refusal(std::string(9, '[') + std::string(9, ']')), "1: nested deeper than 8 levels");
    EXPECT_EQ(refusal(std::string(5000, 'x')), "0: larger than 4096 bytes");
    EXPECT_EQ(refusal(std::string("a: \0b", 5)), "0: holds a NUL byte: not a text file");
    std::string many{"a: ["};
    for (int i = 0; i < 200; ++i) many += "1,";
    EXPECT_EQ(refusal(many + "]"), "1: more than 100 values");
}

}  // namespace
}  // namespace strongroom::config
