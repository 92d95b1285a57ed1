#include "shared/records/record_headers.hpp"

#include <gtest/gtest.h>

namespace strongroom::records {
namespace {

TEST(RecordHeaders, AreReplacedNotAccumulatedAndForeignOnesKeepTheirOrder) {
    RecordHeaders headers{{"x", "1"}, {"sr-attempt", "1"}, {"x", "2"}, {"sr-attempt", "2"}};
    EXPECT_EQ(find_header(headers, header::kAttempt), "2");
    set_header(headers, header::kAttempt, "3");
    const RecordHeaders expected{{"x", "1"}, {"x", "2"}, {"sr-attempt", "3"}};
    EXPECT_EQ(headers, expected);
    remove_header(headers, "x");
    EXPECT_EQ(headers.size(), 1U);
}

TEST(RecordHeaders, NumbersAreAsciiDecimals) {
    const std::pair<std::string, std::optional<std::int64_t>> cases[] = {
        {"0", 0},   {"1795253445013", 1'795'253'445'013}, {"-1", -1}, {"", {}}, {"1x", {}},
        {" 1", {}}, {"99999999999999999999", {}}};
    for (const auto& [text, expected] : cases) EXPECT_EQ(find_number({{"n", text}}, "n"), expected) << text;
    EXPECT_EQ(find_number({}, "n"), std::nullopt);
}

}  // namespace
}  // namespace strongroom::records
