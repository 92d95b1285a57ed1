#include "worker/consume/ledger.hpp"

#include <map>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace strongroom::consume {
namespace {

TEST(Ledger, HoldsTheWatermarkBackBehindTheLowestUnsettledRecord) {
    Ledger ledger{10};
    for (const auto offset : {10, 11, 12}) ledger.read(offset);
    ledger.settle(11);
    ledger.settle(12);
    EXPECT_EQ(ledger.watermark(), 10);
    EXPECT_TRUE(ledger.is_settled(12));
    EXPECT_FALSE(ledger.is_settled(13));
    ledger.settle(10);
    EXPECT_EQ(ledger.watermark(), 13);
}

TEST(Ledger, KnowsNothingBeforeTheFirstRecordOfAPartitionWithoutACommittedOffset) {
    Ledger ledger{-1};
    EXPECT_LT(ledger.watermark(), 0);
    ledger.read(7);
    EXPECT_EQ(ledger.watermark(), 7);
    ledger.settle(7);
    EXPECT_EQ(ledger.watermark(), 8);
}

TEST(Ledger, IgnoresWhatItNeverReadAndWhatIsSettledAlready) {
    Ledger ledger{5};
    ledger.read(5);
    ledger.settle(4);
    ledger.settle(6);
    ledger.settle(5);
    ledger.settle(5);
    ledger.read(5);
    EXPECT_EQ(ledger.watermark(), 6);
    EXPECT_EQ(ledger.unsettled(), 0U);
}

/// What the ledger stands for, said plainly.
struct NaiveLedger {
    std::int64_t start;
    std::map<std::int64_t, bool> settled;

    [[nodiscard]] std::int64_t watermark() const {
        for (const auto& [offset, done] : settled)
            if (!done) return offset;
        return settled.empty() ? start : settled.rbegin()->first + 1;
    }
};

TEST(Ledger, AgreesWithANaiveModelOverRandomHistories) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random{seed};
        const auto pick = [&random](int least, int most) { return std::uniform_int_distribution{least, most}(random); };
        std::int64_t next = pick(0, 50);
        Ledger ledger{next};
        NaiveLedger model{next, {}};
        std::vector<std::int64_t> open;
        for (int step = 0; step < 400; ++step) {
            if (open.empty() || pick(0, 2) == 0) {
                next += pick(0, 9) == 0 ? pick(1, 5) : 0;
                ledger.read(next);
                model.settled[next] = false;
                open.push_back(next++);
            } else {
                const auto at = static_cast<std::size_t>(pick(0, static_cast<int>(open.size()) - 1));
                ledger.settle(open[at]);
                model.settled[open[at]] = true;
                open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
            }
            ASSERT_EQ(ledger.watermark(), model.watermark()) << "seed " << seed << " step " << step;
            ASSERT_EQ(ledger.unsettled(), open.size());
        }
        for (const auto& [offset, done] : model.settled) ASSERT_EQ(ledger.is_settled(offset), done) << offset;
    }
}

}  // namespace
}  // namespace strongroom::consume
