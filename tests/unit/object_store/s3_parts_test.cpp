#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "shared/base/encoding.hpp"
#include "shared/base/units.hpp"
#include "shared/object_store/chunked_trailer.hpp"
#include "shared/object_store/crc32c_combine.hpp"
#include "shared/object_store/s3_endpoint.hpp"
#include "shared/object_store/s3_failure.hpp"
#include "shared/object_store/s3_fields.hpp"
#include "shared/object_store/s3_xml.hpp"

namespace strongroom::object_store {
namespace {

/// Gives pieces of a text, pausing once between them.
class PieceSource final : public http::ByteSource {
  public:
    PieceSource(std::string text, std::size_t piece) : text_{std::move(text)}, piece_{piece} {}
    Read read(std::span<std::byte> buffer) override {
        if (text_.empty()) return {Read::State::kEnd};
        paused_ = !paused_;
        if (paused_) return {Read::State::kPause};
        const std::size_t count = std::min({buffer.size(), text_.size(), piece_});
        std::memcpy(buffer.data(), text_.data(), count);
        text_.erase(0, count);
        return {Read::State::kBytes, count};
    }

  private:
    std::string text_;
    std::size_t piece_;
    bool paused_ = false;
};

std::string drain(http::ByteSource& source, std::size_t buffer_size) {
    std::string out;
    std::vector<std::byte> buffer(buffer_size);
    for (int reads = 0; reads < 10'000; ++reads) {
        const auto read = source.read(buffer);
        if (read.state == http::ByteSource::Read::State::kEnd) break;
        out.append(reinterpret_cast<const char*>(buffer.data()), read.count);
    }
    return out;
}

TEST(ChunkedTrailer, FramesABodyAsOneChunkWithItsChecksumBehind) {
    // CRC-32C of "123456789" is e3069283 (RFC 3720's check value).
    const std::string framed = "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32c:4waSgw==\r\n\r\n";
    for (const std::size_t buffer : {1U, 2U, 7U, 64U, 1000U}) {
        for (const std::size_t piece : {1U, 4U, 100U}) {
            PieceSource body{"123456789", piece};
            ChunkedTrailer trailer{9, body};
            EXPECT_EQ(trailer.framed_length(), framed.size());
            EXPECT_EQ(drain(trailer, buffer), framed);
            EXPECT_EQ(trailer.crc32c(), "4waSgw==");
        }
    }
}

TEST(ChunkedTrailer, AnEmptyBodyIsItsLastChunk) {
    PieceSource body{"", 1};
    ChunkedTrailer trailer{0, body};
    const std::string framed = "0\r\nx-amz-checksum-crc32c:AAAAAA==\r\n\r\n";
    EXPECT_EQ(trailer.framed_length(), framed.size());
    EXPECT_EQ(drain(trailer, 1000), framed);
}

TEST(ChunkedTrailer, ABodyThatEndsEarlyHasNoTrailer) {
    PieceSource body{"1234", 100};
    ChunkedTrailer trailer{9, body};
    EXPECT_EQ(drain(trailer, 1000), "9\r\n1234");
}

TEST(ChunkedTrailer, TakesNoMoreThanTheLengthFromItsBody) {
    PieceSource body{"1234567890123", 100};
    ChunkedTrailer trailer{9, body};
    EXPECT_TRUE(drain(trailer, 1000).starts_with("9\r\n123456789\r\n0\r\n"));
}

TEST(Crc32cCombine, IsTheChecksumOfBothTogether) {
    std::string text;
    for (int i = 0; i < 70'000; ++i) text.push_back(static_cast<char>(i * 7 % 251));
    const auto checksum = [](std::string_view bytes) {
        crypto::Crc32c crc;
        crc.update(strongroom::as_bytes(bytes));
        return crc.value();
    };
    for (const std::size_t split : {0U, 1U, 16U, 65'536U, 69'999U, 70'000U}) {
        const std::string_view all{text};
        EXPECT_EQ(crc32c_combine(checksum(all.substr(0, split)), checksum(all.substr(split)), text.size() - split),
                  checksum(all))
            << split;
    }
}

TEST(S3Endpoint, PutsTheBucketIntoTheHostOrThePath) {
    const auto aws = S3Endpoint::make({.region = "eu-west-1"}).value();
    EXPECT_EQ(aws.url("bucket", "a b/c+d"), "https://bucket.s3.eu-west-1.amazonaws.com/a%20b/c%2Bd");
    EXPECT_EQ(aws.url("my.bucket", "k", "uploads"), "https://s3.eu-west-1.amazonaws.com/my.bucket/k?uploads");
    EXPECT_EQ(aws.url("bucket", "", "list-type=2"), "https://bucket.s3.eu-west-1.amazonaws.com/?list-type=2");
    const auto own = S3Endpoint::make({.endpoint = "http://127.0.0.1:9000/"}).value();
    EXPECT_EQ(own.url("bucket", "k"), "http://127.0.0.1:9000/bucket/k");
    EXPECT_EQ(own.url("bucket", "", "list-type=2"), "http://127.0.0.1:9000/bucket?list-type=2");
}

TEST(S3Endpoint, RefusesPlainHttpToOtherMachinesUnlessAsked) {
    EXPECT_FALSE(S3Endpoint::make({.endpoint = "http://store:9000"}));
    EXPECT_TRUE(S3Endpoint::make({.endpoint = "http://store:9000", .allow_insecure = true}));
    EXPECT_FALSE(S3Endpoint::make({.endpoint = "http://127.0.0.1.example.org"}));
    for (const char* endpoint : {"https://store", "http://localhost:1", "http://[::1]:1", "http://127.9.9.9"}) {
        EXPECT_TRUE(S3Endpoint::make({.endpoint = endpoint})) << endpoint;
    }
    for (const char* endpoint : {"store:9000", "ftp://store", "https://", "https://u:p@store", "https://store?x"}) {
        EXPECT_FALSE(S3Endpoint::make({.endpoint = endpoint})) << endpoint;
    }
    EXPECT_FALSE(S3Endpoint::make({.region = ""}));
}

TEST(S3Failure, GivesEveryCodeAKindAndACause) {
    using enum FailureKind;
    struct Case {
        int status;
        const char* code;
        FailureKind kind;
        Cause cause = Cause::kOther;
    };
    const Case cases[]{
        {503, "SlowDown", kThrottled},
        {503, "ServiceUnavailable", kThrottled},
        {400, "ThrottlingException", kThrottled},
        {429, "", kThrottled},
        {503, "", kThrottled},
        {500, "InternalError", kTransient},
        {502, "", kTransient},
        {504, "", kTransient},
        {400, "RequestTimeout", kTransient, Cause::kTimeout},
        {409, "OperationAborted", kTransient, Cause::kConflict},
        {409, "ConditionalRequestConflict", kTransient, Cause::kConflict},
        {400, "BadDigest", kTransient, Cause::kCorrupt},
        {400, "XAmzContentChecksumMismatch", kTransient, Cause::kCorrupt},
        {400, "IncompleteBody", kTransient, Cause::kTruncated},
        {400, "ExpiredToken", kTransient, Cause::kUnauthorized},
        {403, "RequestTimeTooSkewed", kTransient},
        {404, "NoSuchUpload", kTransient, Cause::kNotFound},
        {404, "NoSuchBucket", kOutage},
        {403, "AccessDenied", kOutage, Cause::kForbidden},
        {403, "", kOutage, Cause::kForbidden},
        {403, "InvalidAccessKeyId", kOutage, Cause::kUnauthorized},
        {403, "SignatureDoesNotMatch", kOutage, Cause::kUnauthorized},
        {403, "AllAccessDisabled", kOutage, Cause::kForbidden},
        {400, "KMS.DisabledException", kOutage, Cause::kForbidden},
        {301, "PermanentRedirect", kOutage},
        {400, "AuthorizationHeaderMalformed", kOutage},
        {404, "NoSuchKey", kPermanent, Cause::kNotFound},
        {404, "", kPermanent, Cause::kNotFound},
        {412, "PreconditionFailed", kPermanent, Cause::kPreconditionFailed},
        {412, "", kPermanent, Cause::kPreconditionFailed},
        {400, "EntityTooLarge", kPermanent, Cause::kTooLarge},
        {400, "KeyTooLongError", kPermanent, Cause::kTooLarge},
        {400, "MetadataTooLarge", kPermanent, Cause::kTooLarge},
        {400, "InvalidArgument", kPermanent},
        {400, "SomethingNew", kPermanent},
    };
    for (const Case& c : cases) {
        const Failure failure = s3_failure({.status = c.status}, {.code = c.code}, WallTime{}, "PUT s3://b/k");
        EXPECT_EQ(failure.kind, c.kind) << c.status << c.code;
        EXPECT_EQ(failure.cause, c.cause) << c.status << c.code;
        EXPECT_EQ(failure.dependency, Dependency::kStore);
        EXPECT_FALSE(failure.retry_after);
    }
}

TEST(S3Failure, SaysWhatWhereAndWhatToDo) {
    const http::ResponseHead head{.status = 301,
                                  .headers = {{"x-amz-bucket-region", "eu-west-1"}, {"Retry-After", "3"}}};
    const Failure failure = s3_failure(head, {"PermanentRedirect", "Use\nanother"}, WallTime{}, "PUT s3://b/k");
    EXPECT_EQ(failure.message,
              "PUT s3://b/k: HTTP 301 PermanentRedirect (Use another); the bucket is in eu-west-1; check the region of "
              "the bucket");
    EXPECT_EQ(failure.retry_after, std::chrono::seconds{3});
}

TEST(RemedyOf, CoversExpiryAndSkew) {
    EXPECT_EQ(remedy_of("ExpiredToken"), Remedy::kRefreshCredentials);
    EXPECT_EQ(remedy_of("RequestTimeTooSkewed"), Remedy::kCorrectClock);
    EXPECT_EQ(remedy_of("AccessDenied"), Remedy::kNone);
}

TEST(S3Xml, ReadsWhatS3Documents) {
    const auto error = read_error("<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>m</Message></Error>");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, "SlowDown");
    EXPECT_EQ(
        read_upload_id(
            "<InitiateMultipartUploadResult xmlns=\"x\"><UploadId>u/1</UploadId></InitiateMultipartUploadResult>"),
        "u/1");
    const auto completed = read_completed_upload(
        "<CompleteMultipartUploadResult><ETag>&quot;e-2&quot;</ETag><ChecksumCRC32C>c</ChecksumCRC32C></"
        "CompleteMultipartUploadResult>");
    ASSERT_TRUE(completed);
    EXPECT_EQ(completed->etag, "e-2");
    const auto page = read_list_page(
        "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>n=</"
        "NextContinuationToken>"
        "<Contents><Key>a%2Fb</Key><Size>5</Size></Contents><Contents><Key>c</Key><Size>0</Size></Contents></"
        "ListBucketResult>");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->objects.size(), 2U);
    EXPECT_EQ(page->objects[0].key, "a/b");
    EXPECT_EQ(page->objects[0].size, 5U);
    EXPECT_EQ(page->next, "n=");
}

TEST(S3Xml, RefusesOtherDocuments) {
    for (const char* xml : {"", "<html/>", "<Error", "not xml"}) {
        EXPECT_FALSE(read_error(xml)) << xml;
        EXPECT_FALSE(read_upload_id(xml)) << xml;
        EXPECT_FALSE(read_completed_upload(xml)) << xml;
        EXPECT_FALSE(read_list_page(xml)) << xml;
    }
}

TEST(S3Xml, WritesPartsInOrder) {
    EXPECT_EQ(write_parts({{.number = 1, .etag = "a", .crc32c = "x=="}}),
              "<CompleteMultipartUpload "
              "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><ChecksumCRC32C>x==</ChecksumCRC32C>"
              "<ETag>\"a\"</ETag><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>");
}

TEST(ReadObjectFields, TakesTheWholeObjectsSizeAndChecksum) {
    const http::ResponseHead part{.status = 206,
                                  .headers = {{"Content-Range", "bytes 5-9/10"},
                                              {"ETag", "\"e\""},
                                              {"X-Amz-Meta-Sr-Item", "a%2Fb"},
                                              {"x-amz-checksum-crc32c", "abc=-2"},
                                              {"x-amz-version-id", "null"},
                                              {"Last-Modified", "Sat, 21 Nov 2026 09:30:45 GMT"}},
                                  .content_length = 5};
    const StoredObject object = read_object_fields(part, "b", "k");
    EXPECT_EQ(object.size, 10U);
    EXPECT_EQ(object.etag, "e");
    EXPECT_EQ(object.crc32c, "");
    EXPECT_EQ(object.version_id, "");
    EXPECT_EQ(object.metadata.at("sr-item"), "a%2Fb");
    EXPECT_EQ(format_rfc3339(object.last_modified), "2026-11-21T09:30:45.000Z");
}

}  // namespace
}  // namespace strongroom::object_store
