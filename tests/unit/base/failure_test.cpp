#include "shared/base/result.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace strongroom {
namespace {

TEST(Failure, KeepsThePlaceThatWasSetFirst) {
    const Failure failure = Failure{.message = "no route"}.at(Dependency::kApi, Stage::kResolve);
    const Failure seen_above = failure.at(Dependency::kStore, Stage::kTransfer);
    EXPECT_EQ(describe(seen_above), "transient api/resolve: no route");
}

TEST(Result, ThrowsWhenAFailureIsTakenForAValue) {
    const Result<int> failed = Failure{.message = "refused"};
    EXPECT_THROW((void)failed.value(), std::logic_error);
    const Result<> done{};
    EXPECT_TRUE(done.has_value());
}

}  // namespace
}  // namespace strongroom
