#include "shared/config/yaml_printer.hpp"

#include <gtest/gtest.h>

#include "shared/config/yaml_reader.hpp"

namespace strongroom::config {
namespace {

using std::chrono_literals::operator""s;

struct Item {
    std::string name;
    Secret secret;
};

struct Sample {
    std::string text{"a: \"b\"\n"};
    std::string empty;
    std::map<std::string, std::string> properties{{"sasl.password", "hidden"}, {"client.id", "me"}};
    std::vector<Item> items{{"x", Secret{"hidden"}}, {"y", Secret{}}};
    std::vector<std::chrono::milliseconds> tiers{30s, 300s};
    ByteCount size{65'536};
    double share = 0.25;
    bool on = true;
};

void describe(Keys& keys, Sample& sample) {
    keys.text("text", sample.text);
    keys.text("empty", sample.empty);
    keys.section("nested", [&](Keys& nested) {
        nested.properties("properties", sample.properties);
        nested.list("items", sample.items, [](Keys& item, Item& value) {
            item.text("name", value.name);
            item.secret("secret", value.secret);
        });
    });
    keys.durations("tiers", sample.tiers, {1s, 3600s});
    keys.size("size", sample.size, {ByteCount{0}, ByteCount{1 << 20}});
    keys.number("share", sample.share, {0, 1});
    keys.flag("on", sample.on);
    keys.elsewhere("other");
}

TEST(YamlPrinter, ShowsTheEffectiveConfigurationWithSecretsMasked) {
    Sample sample;
    EXPECT_EQ(print_yaml([&](Keys& keys) { describe(keys, sample); }),
              "text: \"a: \\\"b\\\"\\x0a\"\n"
              "empty: \"\"\n"
              "nested:\n"
              "  properties:\n"
              "    client.id: me\n"
              "    sasl.password: \"*****\"\n"
              "  items:\n"
              "    - name: x\n"
              "      secret: \"*****\"\n"
              "    - name: y\n"
              "      secret: \"\"\n"
              "tiers: [30s, 5m]\n"
              "size: 64KiB\n"
              "share: 0.25\n"
              "on: true\n");
}

TEST(YamlPrinter, WhatItPrintsCanBeRead) {
    Sample printed;
    printed.items[1].secret = Secret{"z"};
    printed.empty = "not";
    const std::string text = print_yaml([&](Keys& keys) { describe(keys, printed); });
    Sample read;
    const auto mistakes = read_text(text, process_environment(), [&](Keys& keys) { describe(keys, read); });
    EXPECT_EQ(format_mistakes("f", mistakes), "");
    EXPECT_EQ(read.text, printed.text);
    EXPECT_EQ(read.tiers, printed.tiers);
    EXPECT_EQ(read.items.size(), 2U);
}

}  // namespace
}  // namespace strongroom::config
