#include "shared/telemetry/metrics.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom {
namespace {

using testing::HasSubstr;

TEST(Metrics, AreShownInTextForm) {
    Metrics metrics;
    metrics.counter("strongroom_outcomes_total", "Final outcomes.", {{"status", "archived"}}).add();
    metrics.counter("strongroom_outcomes_total", "Final outcomes.", {{"status", "archived"}}).add(2);
    metrics.counter("strongroom_outcomes_total", "Final outcomes.", {{"status", "dead_lettered"}});
    metrics.gauge("strongroom_in_flight", "Records in work.").set(7);
    metrics.seconds("strongroom_stage_seconds", "Time in a stage.").observe(std::chrono::milliseconds{40});
    metrics.bytes("strongroom_object_bytes", "Size of media.").observe(2048.0);
    const std::string text = metrics.exposition();
    for (const char* line :
         {"# TYPE strongroom_outcomes_total counter", "strongroom_outcomes_total{status=\"archived\"} 3\n",
          "strongroom_outcomes_total{status=\"dead_lettered\"} 0\n", "strongroom_in_flight 7\n",
          "strongroom_stage_seconds_bucket{le=\"0.025\"} 0\n", "strongroom_stage_seconds_bucket{le=\"0.05\"} 1\n",
          "strongroom_object_bytes_bucket{le=\"4096\"} 1\n", "strongroom_object_bytes_sum 2048\n"}) {
        EXPECT_THAT(text, HasSubstr(line));
    }
}

TEST(Metrics, RefuseNamesAgainstTheConvention) {
    Metrics metrics;
    EXPECT_THROW(metrics.counter("strongroom_outcomes", ""), std::invalid_argument);
    EXPECT_THROW(metrics.counter("outcomes_total", ""), std::invalid_argument);
    EXPECT_THROW(metrics.seconds("strongroom_stage_ms", ""), std::invalid_argument);
    EXPECT_THROW(metrics.bytes("strongroom_object_kb", ""), std::invalid_argument);
}

}  // namespace
}  // namespace strongroom
