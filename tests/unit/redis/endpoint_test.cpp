#include "shared/redis/endpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strongroom::redis {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Endpoint, ReadsEveryPartOfAUrl) {
    const auto endpoint = parse_endpoint(Secret{"rediss://fleet:p%40ss%2Fword@cache.internal:7001/3"});
    ASSERT_TRUE(endpoint);
    EXPECT_EQ(endpoint->host, "cache.internal");
    EXPECT_EQ(endpoint->port, 7001);
    EXPECT_TRUE(endpoint->tls);
    EXPECT_EQ(endpoint->user, "fleet");
    EXPECT_EQ(endpoint->password.reveal(), "p@ss/word");
    EXPECT_EQ(endpoint->database, 3);
}

TEST(Endpoint, HasDefaultsForWhatIsLeftOut) {
    for (const char* url : {"redis://localhost", "redis://localhost/", "redis://localhost:6379/0"}) {
        const auto endpoint = parse_endpoint(Secret{url});
        ASSERT_TRUE(endpoint) << url;
        EXPECT_EQ(endpoint->name(), "localhost:6379");
        EXPECT_FALSE(endpoint->tls);
        EXPECT_TRUE(endpoint->password.empty());
        EXPECT_EQ(endpoint->database, 0);
    }
    EXPECT_EQ(parse_endpoint(Secret{"redis://[::1]:6380"})->host, "::1");
    EXPECT_EQ(parse_endpoint(Secret{"redis://[::1]:6380"})->port, 6380);
}

TEST(Endpoint, SaysWhatIsWrongWithoutShowingSecrets) {
    struct Case {
        const char* url;
        const char* complaint;
    };
    for (const auto& [url, complaint] : {
             Case{"http://u:hidden@h", "scheme"},
             Case{"hidden", "scheme"},
             Case{"redis://hidden@h", "without a password"},
             Case{"redis://u:@h", "password is empty"},
             Case{"redis://u:hidden%zz@h", "percent-encoded"},
             Case{"redis://u:hidden/x@:1", "host is missing"},
             Case{"redis://u:hidden@h:0", "port"},
             Case{"redis://u:hidden@h:70000", "port"},
             Case{"redis://u:hidden@h:", "port"},
             Case{"redis://u:hidden@[::1", "bracket"},
             Case{"redis://u:hidden@[::1]6379", "port"},
             Case{"redis://u:hidden@h/one", "database"},
             Case{"redis://u:hidden@h/-1", "database"},
             Case{"redis://u:hidden@h?timeout=1", "query"},
         }) {
        const auto endpoint = parse_endpoint(Secret{url});
        ASSERT_FALSE(endpoint) << url;
        EXPECT_EQ(endpoint.error().kind, FailureKind::kPermanent);
        EXPECT_THAT(endpoint.error().message, HasSubstr(complaint)) << url;
        EXPECT_THAT(endpoint.error().message, Not(HasSubstr("hidden"))) << url;
    }
}

TEST(Endpoint, IntroducesItselfWithAsMuchAsTheServerNeeds) {
    using Commands = std::vector<std::vector<std::string>>;
    EXPECT_EQ(introduction(Endpoint{}), (Commands{{"PING"}}));
    EXPECT_EQ(introduction(*parse_endpoint(Secret{"redis://:pw@h/2"})),
              (Commands{{"AUTH", "pw"}, {"SELECT", "2"}, {"PING"}}));
    EXPECT_EQ(introduction(*parse_endpoint(Secret{"redis://me:pw@h"})), (Commands{{"AUTH", "me", "pw"}, {"PING"}}));
}

}  // namespace
}  // namespace strongroom::redis
