#include "shared/object_store/s3_client.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <deque>

#include "test_support/fake_time.hpp"
#include "test_support/run_task.hpp"

namespace strongroom::object_store {
namespace {

/// Answers every request with the next of its replies and keeps what was asked.
class ScriptedHttp final : public http::Client {
  public:
    struct Asked {
        http::Request request;
        std::string body;
    };

    Task<Result<http::Response>> perform(http::Request request) override {
        std::string body = request.body;
        co_return next(std::move(request), std::move(body));
    }
    std::unique_ptr<http::Exchange> download(http::Request request, http::ByteSink& sink) override {
        auto reply = next(std::move(request), {});
        return std::make_unique<Ready>(std::move(reply), &sink);
    }
    std::unique_ptr<http::Exchange> upload(http::Request request, std::uint64_t length,
                                           http::ByteSource& source) override {
        std::string body(length, '\0');
        std::size_t read = 0;
        while (read < length) {
            const auto got = source.read(std::as_writable_bytes(std::span{body}).subspan(read));
            if (got.state != http::ByteSource::Read::State::kBytes) break;
            read += got.count;
        }
        body.resize(read);
        auto reply = next(std::move(request), std::move(body));
        return std::make_unique<Ready>(std::move(reply), nullptr);
    }

    void reply(int status, http::Headers headers = {}, std::string body = {}) {
        const auto length = body.size();
        replies.emplace_back(http::Response{{status, std::move(headers), length}, std::move(body)});
    }

    std::deque<Result<http::Response>> replies;
    std::vector<Asked> asked;

  private:
    /// An exchange that has ended; a download gives its sink the body when the sink opens.
    class Ready final : public http::Exchange {
      public:
        Ready(Result<http::Response> reply, http::ByteSink* sink) : reply_{std::move(reply)}, sink_{sink} {
            if (sink_ == nullptr || !reply_ || reply_->head.status >= 300) return;
            sink_->on_wake_producer([this] { sink_->accept(as_bytes(reply_->body)); });
            if (sink_->accept(as_bytes(reply_->body)) == http::ByteSink::Accept::kTaken)
                ADD_FAILURE() << "came too early";
        }
        Task<Result<http::ResponseHead>> head() override {
            if (!reply_) co_return reply_.error();
            co_return reply_->head;
        }
        Task<Result<>> done() override {
            if (!reply_) co_return reply_.error();
            co_return Result<>{};
        }
        [[nodiscard]] const std::string& body() const override { return reply_->body; }
        [[nodiscard]] std::uint64_t moved() const override { return 0; }

      private:
        Result<http::Response> reply_;
        http::ByteSink* sink_;
    };

    Result<http::Response> next(http::Request request, std::string body) {
        asked.push_back({std::move(request), std::move(body)});
        auto reply = std::move(replies.at(0));
        replies.pop_front();
        return reply;
    }
};

struct Keys final : aws::CredentialSource {
    Task<Result<aws::Credentials>> get() override {
        aws::Credentials found{.access_key = "AKID", .secret_key = Secret{"secret"}};
        co_return found;
    }
    void invalidate() override { ++invalidated; }
    int invalidated = 0;
};

class TextSource final : public http::ByteSource {
  public:
    explicit TextSource(std::string text) : text_{std::move(text)} {}
    Read read(std::span<std::byte> buffer) override {
        if (text_.empty()) return {Read::State::kEnd};
        const std::size_t count = std::min(buffer.size(), text_.size());
        std::memcpy(buffer.data(), text_.data(), count);
        text_.erase(0, count);
        return {Read::State::kBytes, count};
    }

  private:
    std::string text_;
};

struct TextSink final : http::ByteSink {
    Accept accept(std::span<const std::byte> bytes) override {
        text.append(as_text(bytes));
        return Accept::kTaken;
    }
    std::string text;
};

struct S3ClientTest : testing::Test {
    std::string asked_field(std::size_t number, std::string_view name) {
        return std::string{http.asked.at(number).request.headers.find(name).value_or("(none)")};
    }
    Result<PutResult> put(std::string text, bool only_if_absent = true) {
        TextSource source{text};
        NewObject object{.bucket = "b",
                         .key = "a/k 1",
                         .content_type = "audio/wav",
                         .metadata = {{"sr-item", "m%2F1"}},
                         .only_if_absent = only_if_absent};
        return test::run_task(client.put(object, text.size(), source));
    }

    ScriptedHttp http;
    Keys keys;
    test::FakeTime time;
    S3Client client{http, keys, time, S3Endpoint::make({.region = "eu-west-1", .endpoint = "https://s3.test"}).value()};
};

TEST_F(S3ClientTest, PutsABodyWithItsChecksumBehind) {
    http.reply(200, {{"ETag", "\"e\""}, {"x-amz-version-id", "v"}, {"x-amz-checksum-crc32c", "4waSgw=="}});
    const auto result = put("123456789");
    ASSERT_TRUE(result) << describe(result.error());
    EXPECT_EQ(result->etag, "e");
    EXPECT_EQ(result->version_id, "v");
    EXPECT_EQ(result->crc32c, "4waSgw==");
    const auto& asked = http.asked.at(0);
    EXPECT_EQ(asked.request.method, "PUT");
    EXPECT_EQ(asked.request.url, "https://s3.test/b/a/k%201");
    EXPECT_EQ(asked.body, "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32c:4waSgw==\r\n\r\n");
    const std::pair<const char*, const char*> fields[]{{"If-None-Match", "*"},
                                                       {"Content-Type", "audio/wav"},
                                                       {"Content-Encoding", "aws-chunked"},
                                                       {"x-amz-decoded-content-length", "9"},
                                                       {"x-amz-trailer", "x-amz-checksum-crc32c"},
                                                       {"x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"},
                                                       {"x-amz-meta-sr-item", "m%2F1"}};
    for (const auto& [name, value] : fields) EXPECT_EQ(asked_field(0, name), value) << name;
    EXPECT_TRUE(asked_field(0, "authorization").starts_with("AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-west-1/s3/"));
}

TEST_F(S3ClientTest, NoticesThatTheStoreHasOtherBytes) {
    http.reply(200, {{"x-amz-checksum-crc32c", "AAAAAA=="}});
    const auto result = put("123456789", false);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().cause, Cause::kCorrupt);
    EXPECT_EQ(asked_field(0, "If-None-Match"), "(none)");
}

TEST_F(S3ClientTest, TellsRefusalsApart) {
    http.reply(412, {}, "<Error><Code>PreconditionFailed</Code></Error>");
    EXPECT_EQ(put("x").error().cause, Cause::kPreconditionFailed);
    http.reply(404, {}, "<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>");
    const Failure failure = put("x").error();
    EXPECT_EQ(failure.kind, FailureKind::kOutage);
    EXPECT_EQ(failure.message,
              "PUT s3://b/a/k 1: HTTP 404 NoSuchBucket (gone); create the bucket, or correct its name");
    http.replies.emplace_back(Failure{.cause = Cause::kConnect});
    EXPECT_EQ(put("x").error().dependency, Dependency::kStore);
}

TEST_F(S3ClientTest, CorrectsExpiredCredentialsAndASkewedClockForTheNextTry) {
    http.reply(400, {}, "<Error><Code>ExpiredToken</Code></Error>");
    EXPECT_EQ(put("x").error().kind, FailureKind::kTransient);
    EXPECT_EQ(keys.invalidated, 1);
    EXPECT_EQ(asked_field(0, "x-amz-date"), "20261121T093045Z");
    http.reply(403, {{"Date", "Sat, 21 Nov 2026 10:30:45 GMT"}}, "<Error><Code>RequestTimeTooSkewed</Code></Error>");
    EXPECT_EQ(put("x").error().kind, FailureKind::kTransient);
    http.reply(200);
    EXPECT_TRUE(put("x"));
    EXPECT_EQ(asked_field(2, "x-amz-date"), "20261121T103045Z");
}

TEST_F(S3ClientTest, HeadTellsAbsentFromForbidden) {
    http.reply(200, {{"ETag", "\"e\""}, {"x-amz-checksum-crc32c", "4waSgw=="}, {"X-Amz-Meta-A", "1"}});
    const auto found = test::run_task(client.head("b", "k"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->crc32c, "4waSgw==");
    EXPECT_EQ(found->metadata.at("a"), "1");
    EXPECT_EQ(asked_field(0, "x-amz-checksum-mode"), "ENABLED");
    http.reply(404);
    EXPECT_EQ(test::run_task(client.head("b", "k")).error().cause, Cause::kNotFound);
    http.reply(403);
    EXPECT_EQ(test::run_task(client.head("b", "k")).error().kind, FailureKind::kOutage);
}

TEST_F(S3ClientTest, GetsARangeOfOneVersionOnceItsHeaderWasAccepted) {
    http.reply(206, {{"Content-Range", "bytes 4-8/9"}, {"ETag", "\"e\""}}, "56789");
    TextSink sink;
    std::uint64_t size = 0;
    ObjectStore::GetOptions options{
        .first = 4, .if_match = "e", .on_head = [&](const StoredObject& object) -> Result<> {
            EXPECT_TRUE(sink.text.empty());
            size = object.size;
            return {};
        }};
    const auto result = test::run_task(client.get("b", "k", options, sink));
    ASSERT_TRUE(result) << describe(result.error());
    EXPECT_EQ(size, 9U);
    EXPECT_EQ(sink.text, "56789");
    EXPECT_EQ(asked_field(0, "Range"), "bytes=4-");
    EXPECT_EQ(asked_field(0, "If-Match"), "\"e\"");
}

TEST_F(S3ClientTest, GetsNothingWhenTheHeaderIsNotWanted) {
    http.reply(200, {}, "body");
    TextSink sink;
    ObjectStore::GetOptions options{
        .on_head = [](const StoredObject&) -> Result<> { return Failure{.cause = Cause::kUnsupported}; }};
    EXPECT_EQ(test::run_task(client.get("b", "k", options, sink)).error().cause, Cause::kUnsupported);
    http.reply(200, {}, "body");
    EXPECT_FALSE(test::run_task(client.get("b", "k", {.first = 1}, sink))) << "the range was ignored";
    http.reply(404, {}, "<Error><Code>NoSuchKey</Code></Error>");
    EXPECT_EQ(test::run_task(client.get("b", "k", {}, sink)).error().cause, Cause::kNotFound);
    EXPECT_TRUE(sink.text.empty());
}

TEST_F(S3ClientTest, UploadsInPartsAndPutsThemTogether) {
    http.reply(200, {}, "<InitiateMultipartUploadResult><UploadId>u/1</UploadId></InitiateMultipartUploadResult>");
    const auto id =
        test::run_task(client.create_multipart({.bucket = "b", .key = "k", .content_type = "", .metadata = {}}));
    ASSERT_TRUE(id);
    EXPECT_EQ(http.asked.at(0).request.url, "https://s3.test/b/k?uploads");
    EXPECT_EQ(asked_field(0, "x-amz-checksum-type"), "FULL_OBJECT");

    std::vector<ObjectStore::Part> parts;
    for (const char* text : {"12345", "6789"}) {
        http.reply(200, {{"ETag", "\"p\""}});
        TextSource source{text};
        const int number = static_cast<int>(parts.size()) + 1;
        parts.push_back(test::run_task(client.upload_part("b", "k", *id, number, std::strlen(text), source)).value());
    }
    EXPECT_EQ(http.asked.at(2).request.url, "https://s3.test/b/k?partNumber=2&uploadId=u%2F1");

    http.reply(200, {{"x-amz-version-id", "v"}},
               "<CompleteMultipartUploadResult><ETag>\"c-2\"</ETag></CompleteMultipartUploadResult>");
    const auto done = test::run_task(client.complete_multipart("b", "k", *id, parts, true));
    ASSERT_TRUE(done) << describe(done.error());
    EXPECT_EQ(done->etag, "c-2");
    EXPECT_EQ(done->version_id, "v");
    EXPECT_EQ(done->crc32c, "4waSgw==") << "of both parts together";
    EXPECT_EQ(asked_field(3, "x-amz-checksum-crc32c"), "4waSgw==");
    EXPECT_EQ(asked_field(3, "If-None-Match"), "*");

    http.reply(204);
    EXPECT_TRUE(test::run_task(client.abort_multipart("b", "k", *id)));
    EXPECT_EQ(http.asked.at(4).request.method, "DELETE");
    http.reply(404, {}, "<Error><Code>NoSuchUpload</Code></Error>");
    EXPECT_TRUE(test::run_task(client.abort_multipart("b", "k", *id))) << "it is gone already";
}

TEST_F(S3ClientTest, NoticesAnErrorBehindA200) {
    http.reply(200, {}, "<?xml version=\"1.0\"?><Error><Code>InternalError</Code></Error>");
    const auto result = test::run_task(client.complete_multipart("b", "k", "u", {}, false));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, FailureKind::kTransient);
    http.reply(200, {}, "<html/>");
    EXPECT_FALSE(test::run_task(client.complete_multipart("b", "k", "u", {}, false)));
}

TEST_F(S3ClientTest, ListsPages) {
    http.reply(200, {},
               "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>3</Size></Contents></"
               "ListBucketResult>");
    const auto page = test::run_task(client.list("b", "p/ x", "t="));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->objects.at(0).key, "a");
    EXPECT_EQ(page->next, "");
    EXPECT_EQ(http.asked.at(0).request.url,
              "https://s3.test/b?encoding-type=url&list-type=2&max-keys=1000&continuation-token=t%3D&prefix=p%2F%20x");
}

}  // namespace
}  // namespace strongroom::object_store
