#include "shared/config/expansion.hpp"

#include <map>

#include <gtest/gtest.h>

namespace strongroom::config {
namespace {

std::optional<std::string> environment(const std::string& name) {
    static const std::map<std::string, std::string> kVariables{
        {"HOST", "example.org"}, {"EMPTY", ""}, {"N_1", "${HOST}"}};
    const auto found = kVariables.find(name);
    if (found == kVariables.end()) return std::nullopt;
    return found->second;
}

TEST(Expansion, ReplacesVariablesOnce) {
    const std::pair<std::string_view, std::string_view> cases[] = {{"", ""},
                                                                   {"plain $x {y}", "plain $x {y}"},
                                                                   {"https://${HOST}/", "https://example.org/"},
                                                                   {"${N_1}", "${HOST}"},
                                                                   {"${EMPTY}", ""},
                                                                   {"${EMPTY:-a:b}", "a:b"},
                                                                   {"${MISSING:-}", ""},
                                                                   {"${HOST:-x}${MISSING:-y}", "example.orgy"},
                                                                   {"$${HOST}", "${HOST}"},
                                                                   {"a$${b", "a${b"}};
    for (const auto& [text, expected] : cases) EXPECT_EQ(expand(text, environment).value(), expected) << text;
}

TEST(Expansion, TellsWhatIsWrong) {
    EXPECT_EQ(expand("${MISSING}", environment).error().message, "the environment variable MISSING is not set");
    EXPECT_EQ(expand("${HOST", environment).error().message, "a '${' has no '}'");
    for (const std::string_view text : {"${}", "${1A}", "${A B}", "${HOST-x}"})
        EXPECT_FALSE(expand(text, environment)) << text;
}

}  // namespace
}  // namespace strongroom::config
