#include "shared/telemetry/log_line.hpp"

#include <gtest/gtest.h>

#include "test_support/fake_time.hpp"

namespace strongroom::log {
namespace {

TEST(LogLine, IsKeysAndValuesWithTheTimeInUtc) {
    EXPECT_EQ(format_line(test::FakeTime{}.wall_now(), "info", "started", {{"shards", 4}, {"group", "strongroom"}}),
              "time=2026-11-21T09:30:45.013Z level=info event=started shards=4 group=strongroom");
}

TEST(LogLine, QuotesAndEscapesSoThatItStaysOneLine) {
    const std::pair<std::string, std::string> cases[] = {{"plain/path?x", "plain/path?x"},
                                                         {"", "\"\""},
                                                         {"two words", "\"two words\""},
                                                         {"a=b", "\"a=b\""},
                                                         {"\"", "\"\\\"\""},
                                                         {"a\nlevel=error", "\"a\\nlevel=error\""},
                                                         {"\x1b[31m", "\"\\x1b[31m\""},
                                                         {"\r\t", "\"\\r\\t\""},
                                                         {std::string(1, '\0'), "\"\\x00\""},
                                                         {"\\", "\"\\\\\""},
                                                         {"\xc3\xbc", "\"\\xc3\\xbc\""}};
    for (const auto& [value, shown] : cases) {
        const std::string line = format_line({}, "info", "e", {{"k", value}});
        EXPECT_EQ(line.substr(line.find(" k=") + 3), shown);
    }
}

TEST(LogLine, CutsAHugeValue) {
    const std::string line = format_line({}, "info", "e", {{"k", std::string(1'000'000, 'x')}});
    EXPECT_LT(line.size(), kMaxValueBytes + 100);
    EXPECT_TRUE(line.ends_with("x...\""));
}

}  // namespace
}  // namespace strongroom::log
