#include "shared/http/address_filter.hpp"

#include <gtest/gtest.h>

namespace strongroom::http {
namespace {

bool allows(const AddressFilter& filter, const char* address) {
    return filter.allows(IpAddress::parse(address).value());
}

TEST(AddressFilter, LetsPublicAddressesThrough) {
    const AddressFilter filter = AddressFilter::public_only();
    for (const char* address : {"8.8.8.8", "52.218.0.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
                                "169.253.1.1", "223.255.255.255", "2600:1f18::1", "2a00:1450::1"}) {
        EXPECT_TRUE(allows(filter, address)) << address;
    }
}

TEST(AddressFilter, RefusesWhatIsNotPublic) {
    const AddressFilter filter = AddressFilter::public_only();
    for (const char* address :
         {"0.0.0.0",         "10.1.2.3",        "100.64.0.1",     "100.127.255.255", "127.0.0.1",   "127.9.9.9",
          "169.254.169.254", "172.16.0.1",      "172.31.255.255", "192.0.0.1",       "192.168.1.1", "198.18.0.1",
          "198.19.255.255",  "224.0.0.1",       "240.0.0.1",      "255.255.255.255", "::",          "::1",
          "::7f00:1",        "64:ff9b::7f00:1", "2002:7f00:1::",  "2001::1",         "fc00::1",     "fd00:ec2::254",
          "fe80::1",         "febf::1",         "fec0::1",        "ff02::1"}) {
        EXPECT_FALSE(allows(filter, address)) << address;
    }
}

TEST(AddressFilter, ChecksTheAddressInsideAMappedOne) {
    EXPECT_FALSE(allows(AddressFilter::public_only(), "::ffff:127.0.0.1"));
    EXPECT_FALSE(allows(AddressFilter::public_only(), "::ffff:169.254.169.254"));
}

TEST(AddressFilter, LetsAllowedBlocksThroughAndNothingNextToThem) {
    const AddressFilter filter = AddressFilter::public_only({AddressBlock::parse("10.1.0.0/20").value(),
                                                             AddressBlock::parse("127.0.0.1").value(),
                                                             AddressBlock::parse("fd12::/16").value()});
    EXPECT_TRUE(allows(filter, "10.1.15.255"));
    EXPECT_FALSE(allows(filter, "10.1.16.0"));
    EXPECT_TRUE(allows(filter, "127.0.0.1"));
    EXPECT_FALSE(allows(filter, "127.0.0.2"));
    EXPECT_TRUE(allows(filter, "fd12:ffff::1"));
    EXPECT_FALSE(allows(filter, "fd13::1"));
    EXPECT_TRUE(allows(filter, "8.8.8.8"));
}

TEST(AddressFilter, ComparesHostsExactlyOrBySubdomain) {
    const AddressFilter filter = AddressFilter::public_only({}, {"media.example.com", "*.s3.amazonaws.com"});
    EXPECT_TRUE(filter.allows_host("MEDIA.example.com"));
    EXPECT_TRUE(filter.allows_host("bucket.s3.amazonaws.com"));
    for (const char* host : {"example.com", "xmedia.example.com", "s3.amazonaws.com", ".s3.amazonaws.com.evil.org",
                             "evils3.amazonaws.com", ""}) {
        EXPECT_FALSE(filter.allows_host(host)) << host;
    }
    EXPECT_TRUE(AddressFilter::public_only().allows_host("anything"));
}

TEST(AddressFilter, LetsEverythingThroughWhenNotActive) {
    EXPECT_TRUE(allows(AddressFilter{}, "127.0.0.1"));
}

TEST(AddressBlock, RefusesWhatIsNoBlock) {
    for (const char* text : {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "::/129", "fd00::/x", "host", "10.0.0.0/"}) {
        EXPECT_FALSE(AddressBlock::parse(text)) << text;
    }
}

TEST(IpAddress, ShowsItselfAsPeopleWriteIt) {
    EXPECT_EQ(IpAddress::parse("10.0.0.1")->text(), "10.0.0.1");
    EXPECT_EQ(IpAddress::parse("fd00:0::1")->text(), "fd00::1");
}

}  // namespace
}  // namespace strongroom::http
