#include "shared/genesys/permanent_storm.hpp"

#include <gtest/gtest.h>

namespace strongroom::genesys {
namespace {

TEST(PermanentStorm, BeginsWhenMoreThanHalfOfEnoughOutcomesAreRefusals) {
    PermanentStorm storm{{.window = 100, .least = 50}};
    for (int i = 0; i < 25; ++i) storm.note_good();
    for (int i = 0; i < 25; ++i) storm.note_refused();
    EXPECT_FALSE(storm.raging()) << "half is not more than half";
    storm.note_refused();
    EXPECT_TRUE(storm.raging());
}

TEST(PermanentStorm, FewOutcomesAreNoStormOnceSomethingWentWell) {
    PermanentStorm storm{{.window = 100, .least = 50}};
    storm.note_good();
    for (int i = 0; i < 48; ++i) storm.note_refused();
    EXPECT_FALSE(storm.raging());
    storm.note_refused();
    EXPECT_TRUE(storm.raging());
}

TEST(PermanentStorm, AFewRefusalsAreEnoughWhileNothingEverWentWell) {
    PermanentStorm storm{{.least_unproven = 5}};
    for (int i = 0; i < 4; ++i) storm.note_refused();
    EXPECT_FALSE(storm.raging());
    storm.note_refused();
    EXPECT_TRUE(storm.raging());
}

TEST(PermanentStorm, EndsWithTheFirstThatGoesThrough) {
    PermanentStorm storm;
    for (int i = 0; i < 80; ++i) storm.note_refused();
    storm.note_good();
    EXPECT_FALSE(storm.raging());
    for (int i = 0; i < 40; ++i) storm.note_refused();
    EXPECT_FALSE(storm.raging()) << "judged anew";
}

TEST(PermanentStorm, ForgetsWhatIsLongAgo) {
    PermanentStorm storm{{.window = 60, .least = 50}};
    for (int i = 0; i < 1'000; ++i) storm.note_good();
    for (int i = 0; i < 30; ++i) storm.note_refused();
    EXPECT_FALSE(storm.raging());
    storm.note_refused();
    EXPECT_TRUE(storm.raging());
}

}  // namespace
}  // namespace strongroom::genesys
