#include "shared/base/units.hpp"

#include <gtest/gtest.h>

namespace strongroom {
namespace {

using std::chrono::milliseconds;

TEST(Durations, ParseWithUnitOnly) {
    const std::pair<std::string_view, std::int64_t> good[] = {
        {"0ms", 0}, {"200ms", 200}, {"30s", 30'000}, {"5m", 300'000}, {"48h", 172'800'000}, {"30d", 2'592'000'000}};
    for (const auto& [text, expected] : good) EXPECT_EQ(parse_duration(text).value(), milliseconds{expected}) << text;
    for (const std::string_view text :
         {"", "5", "s", "-5s", "5 s", "5sec", "1.5s", "99999999999999999999s", "9223372036854775807d"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
    EXPECT_EQ(format_duration(milliseconds{90'000}), "90s");
    EXPECT_EQ(format_duration(milliseconds{172'800'000}), "2d");
    EXPECT_EQ(format_duration(milliseconds{0}), "0ms");
}

TEST(Sizes, ParseDecimalAndBinaryUnits) {
    const std::pair<std::string_view, std::uint64_t> good[] = {
        {"0", 0}, {"512", 512}, {"64KiB", 65'536}, {"100MB", 100'000'000}, {"5GiB", 5'368'709'120}};
    for (const auto& [text, expected] : good) EXPECT_EQ(parse_bytes(text).value().value, expected) << text;
    for (const std::string_view text : {"", "MB", "-1", "1mb", "1 MB", "99999999999GiB"})
        EXPECT_FALSE(parse_bytes(text)) << text;
    EXPECT_EQ(format_bytes(999), "999 B");
    EXPECT_EQ(format_bytes(1'500'000), "1.5 MB");
}

TEST(Times, ReadAndWriteRfc3339) {
    EXPECT_EQ(format_rfc3339(parse_rfc3339("2026-11-21T09:30:45.013Z").value()), "2026-11-21T09:30:45.013Z");
    EXPECT_EQ(format_rfc3339(parse_rfc3339("2026-11-21T09:30:45Z").value()), "2026-11-21T09:30:45.000Z");
    EXPECT_EQ(format_rfc3339(parse_rfc3339("2026-03-01T00:30:00.5+01:00").value()), "2026-02-28T23:30:00.500Z");
    for (const std::string_view text : {"", "2026-11-21", "2026-13-01T00:00:00Z", "2026-11-21T09:30:45",
                                        "2026-11-21T25:00:00Z", "2026-11-21T09:30:45.Z", "2026-11-21T09:30:45Zx"}) {
        EXPECT_FALSE(parse_rfc3339(text)) << text;
    }
}

TEST(Times, ReadHttpDates) {
    EXPECT_EQ(format_rfc3339(parse_http_date("Sat, 21 Nov 2026 09:30:45 GMT").value()), "2026-11-21T09:30:45.000Z");
    for (const std::string_view text :
         {"", "21 Nov 2026 09:30:45", "Sat, 21 Nov 2026 09:30:45 CET", "Sat, 21 Xyz 2026 09:30:45 GMT"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
}

}  // namespace
}  // namespace strongroom
