#include <gtest/gtest.h>

#include "shared/redis/client.hpp"

namespace strongroom::redis {
namespace {

TEST(Script, IsNamedByTheSha1OfItsSource) {
    EXPECT_EQ(Script{"return 1"}.sha1, "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
    EXPECT_EQ(Script{"abc"}.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
}

}  // namespace
}  // namespace strongroom::redis
