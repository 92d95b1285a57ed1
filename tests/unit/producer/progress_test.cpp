#include "producer/emit/progress.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "test_support/fake_time.hpp"

namespace strongroom::emit {
namespace {

TEST(Progress, WritesOverOneLineOnATerminal) {
    test::FakeTime time;
    std::ostringstream out;
    Progress progress{out, true, time};
    progress.show({.lines = 1});
    EXPECT_EQ(out.str(), "");
    time.advance(std::chrono::milliseconds{500});
    progress.show({.lines = 10, .acknowledged = 5});
    EXPECT_EQ(out.str(), "10 lines, 5 acknowledged (10/s), 0 bad");
    progress.message("f:1: bad");
    progress.finish();
    EXPECT_EQ(out.str(), "10 lines, 5 acknowledged (10/s), 0 bad\r" + std::string(38, ' ') + "\rf:1: bad\n");
}

TEST(Progress, WritesAPlainLineNowAndThenInAPipe) {
    test::FakeTime time;
    std::ostringstream out;
    Progress progress{out, false, time};
    for (int second = 0; second < 21; ++second) {
        progress.show({.lines = 100});
        time.advance(std::chrono::seconds{1});
    }
    EXPECT_EQ(out.str(), "100 lines, 0 acknowledged (0/s), 0 bad\n100 lines, 0 acknowledged (0/s), 0 bad\n");
}

}  // namespace
}  // namespace strongroom::emit
