#include "shared/object_store/object_key.hpp"

#include <gtest/gtest.h>

#include "shared/base/units.hpp"

namespace strongroom::object_store {
namespace {

KeyFields fields() {
    return {.tenant = "acme",
            .media_id = "m-1",
            .interaction_id = "i-1",
            .qualified_item = "acme/media/m-1",
            .content_type = "audio/wav",
            .date = parse_rfc3339("2026-03-04T05:06:07.008Z").value()};
}

TEST(KeyTemplate, ExpandsItsFields) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"archive/{yyyy}/{mm}/{dd}/{media_id}.enc", "archive/2026/03/04/m-1.enc"},
        {"{tenant}/{hh}/{interaction_id}/{media_id}.{ext}", "acme/05/i-1/m-1.wav"},
        {"{shard}/{media_id}", "7a/m-1"}};
    for (const auto& [text, expected] : cases) {
        const auto key = KeyTemplate::parse(text).value().expand(fields());
        ASSERT_TRUE(key) << text;
        EXPECT_EQ(*key, expected);
    }
}

TEST(KeyTemplate, RefusesWhatCannotBeSafe) {
    for (const std::string_view text : {"", "archive/{yyyy}", "/a/{media_id}", "a//{media_id}", "a/../{media_id}",
                                        "{media_id", "{nope}/{media_id}", "a b/{media_id}", "{media_id}/"}) {
        EXPECT_FALSE(KeyTemplate::parse(text)) << text;
    }
}

TEST(KeyTemplate, NeverLetsAnIdLeaveItsPlace) {
    const auto keys = KeyTemplate::parse("a/{media_id}").value();
    const auto expand = [&](std::string id) {
        auto with = fields();
        with.media_id = std::move(id);
        return keys.expand(with);
    };
    EXPECT_EQ(expand("a/b c").value(), "a/a%2Fb%20c");
    EXPECT_EQ(expand("x:1").value(), "a/x:1");
    for (const std::string& id : {std::string{".."}, std::string{}, std::string(2000, 'x')})
        EXPECT_FALSE(expand(id)) << id;
}

TEST(KeyTemplate, TellsPrefixAndDate) {
    EXPECT_EQ(KeyTemplate::parse("archive/x-{yyyy}/{media_id}").value().fixed_prefix(), "archive/");
    EXPECT_EQ(KeyTemplate::parse("{media_id}").value().fixed_prefix(), "");
    EXPECT_TRUE(KeyTemplate::parse("{dd}/{media_id}").value().has_date());
    EXPECT_FALSE(KeyTemplate::parse("{tenant}/{media_id}").value().has_date());
}

}  // namespace
}  // namespace strongroom::object_store
