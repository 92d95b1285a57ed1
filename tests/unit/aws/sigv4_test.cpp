#include "shared/aws/sigv4.hpp"

#include <gtest/gtest.h>

#include "shared/aws/clock_offset.hpp"

namespace strongroom::aws {
namespace {

WallTime at(std::string_view rfc3339) {
    return parse_rfc3339(rfc3339).value();
}

Credentials suite_credentials() {
    return {.access_key = "AKIDEXAMPLE", .secret_key = Secret{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}};
}

std::string signature_of(const http::Request& request) {
    const std::string_view field = request.headers.find("authorization").value_or("");
    return std::string{field.substr(field.rfind('=') + 1)};
}

/// Known answers of the AWS signing test suite (aws-c-auth, tests/aws-signing-test-suite/v4).
TEST(Signer, ReproducesTheSigningTestSuite) {
    struct Case {
        std::string name;
        http::Request request;
        std::string signature;
    };
    const std::string host = "https://example.amazonaws.com";
    const Case cases[]{
        {"get-vanilla", {.url = host + "/"}, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
        {"get-vanilla-query-order-key-case",
         {.url = host + "/?Param2=value2&Param1=value1"},
         "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
        {"get-utf8",
         {.url = host + "/\xe1\x88\xb4"},
         "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
        {"post-vanilla",
         {.method = "POST", .url = host + "/"},
         "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
        {"get-header-key-duplicate",
         {.url = host + "/", .headers = {{"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}}},
         "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
        {"get-header-value-trim",
         {.url = host + "/", .headers = {{"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}}},
         "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
    };
    for (Case c : cases) {
        Signer signer{"us-east-1", "service"};
        signer.sign(c.request, suite_credentials(), at("2015-08-30T12:36:00Z"), payload_hash(c.request.body));
        EXPECT_EQ(signature_of(c.request), c.signature) << c.name;
    }
}

/// Amazon S3 API reference, "Signature calculations for the Authorization header: examples".
TEST(Signer, SignsByS3sRules) {
    const Credentials credentials{.access_key = "AKIAIOSFODNN7EXAMPLE",
                                  .secret_key = Secret{"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}};
    const std::string bucket = "https://examplebucket.s3.amazonaws.com";
    struct Case {
        http::Request request;
        std::string body;
        std::string signature;
    };
    const Case cases[]{
        {{.url = bucket + "/test.txt", .headers = {{"Range", "bytes=0-9"}}},
         "",
         "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
        {{.method = "PUT",
          .url = bucket + "/test%24file.text",
          .headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}}},
         "Welcome to Amazon S3.",
         "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
        {{.url = bucket + "/?lifecycle"}, "", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
        {{.url = bucket + "/?max-keys=2&prefix=J"},
         "",
         "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
    };
    Signer signer{"us-east-1", "s3"};
    for (Case c : cases) {
        signer.sign(c.request, credentials, at("2013-05-24T00:00:00Z"), payload_hash(c.body));
        EXPECT_EQ(signature_of(c.request), c.signature) << c.request.url;
    }
}

TEST(Signer, SendsTheSessionTokenAndReplacesAnEarlierSignature) {
    Credentials credentials = suite_credentials();
    credentials.session_token = Secret{"token"};
    Signer signer{"eu-west-1", "s3"};
    http::Request request{.url = "https://h/k"};
    signer.sign(request, credentials, at("2015-08-30T12:36:00Z"), kUnsignedPayload);
    const std::string first = signature_of(request);
    signer.sign(request, credentials, at("2015-08-31T12:36:00Z"), kUnsignedPayloadTrailer);
    EXPECT_NE(signature_of(request), first);
    EXPECT_EQ(request.headers.find("x-amz-security-token"), "token");
    EXPECT_EQ(request.headers.find("x-amz-content-sha256"), kUnsignedPayloadTrailer);
    EXPECT_EQ(request.headers.find("x-amz-date"), "20150831T123600Z");
    signer.sign(request, credentials, at("2015-08-30T12:36:00Z"), kUnsignedPayload);
    EXPECT_EQ(signature_of(request), first);
}

TEST(SplitUrl, KnowsWhatIsSigned) {
    const UrlParts parts = split_url("http://h:9000/a%20b/c?x=1&y#f");
    EXPECT_EQ(parts.host, "h:9000");
    EXPECT_EQ(parts.path, "/a%20b/c");
    EXPECT_EQ(parts.query, "x=1&y");
    EXPECT_EQ(split_url("https://h:443").host, "h");
    EXPECT_EQ(split_url("https://h:443").path, "/");
    EXPECT_EQ(split_url("http://h:80?a").path, "/");
}

TEST(CanonicalQuery, IsSortedAndEncodedOnce) {
    EXPECT_EQ(canonical_query("uploads"), "uploads=");
    EXPECT_EQ(canonical_query("b=2&a=x%2Fy&a=%7e&c=a b"), "a=x%2Fy&a=~&b=2&c=a%20b");
}

TEST(CanonicalRequest, JoinsAndSqueezesFieldsAndLeavesTransportFieldsOut) {
    const http::Request request{
        .url = "https://h/",
        .headers = {{"X-B", " a   b "}, {"x-b", "c"}, {"Expect", "100-continue"}, {"User-Agent", "u"}}};
    const CanonicalRequest canonical = canonical_request(request, PathRule::kAsSent, "hash");
    EXPECT_EQ(canonical.signed_headers, "host;x-b");
    EXPECT_EQ(canonical.text, "GET\n/\n\nhost:h\nx-b:a b,c\n\nhost;x-b\nhash");
}

TEST(ClockOffset, FollowsTheDateOfARefusal) {
    ClockOffset offset;
    const WallTime now = at("2026-11-21T09:30:45Z");
    EXPECT_EQ(offset.apply(now), now);
    EXPECT_FALSE(offset.learn(std::nullopt, now));
    EXPECT_FALSE(offset.learn("yesterday", now));
    EXPECT_TRUE(offset.learn("Sat, 21 Nov 2026 10:30:45 GMT", now));
    EXPECT_EQ(offset.apply(now), now + std::chrono::hours{1});
}

}  // namespace
}  // namespace strongroom::aws
