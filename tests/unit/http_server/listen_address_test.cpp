#include "shared/http_server/listen_address.hpp"

#include <gtest/gtest.h>

namespace strongroom::http_server {
namespace {

TEST(ListenAddress, IsAnIpAndAPort) {
    EXPECT_EQ(parse_listen_address("127.0.0.1:9464").value(), (ListenAddress{"127.0.0.1", 9464}));
    EXPECT_EQ(parse_listen_address("[::1]:0").value(), (ListenAddress{"::1", 0}));
    for (const std::string_view text : {"", ":9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:1x",
                                        "::1:80", "[127.0.0.1]:80", "localhost:80", "127.0.0.1:-1"}) {
        EXPECT_FALSE(parse_listen_address(text)) << text;
    }
}

}  // namespace
}  // namespace strongroom::http_server
