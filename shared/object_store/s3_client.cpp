#include "shared/object_store/s3_client.hpp"

#include <utility>

#include "shared/base/encoding.hpp"
#include "shared/crypto/digest.hpp"
#include "shared/object_store/chunked_trailer.hpp"
#include "shared/object_store/crc32c_combine.hpp"
#include "shared/object_store/gate_sink.hpp"
#include "shared/object_store/s3_failure.hpp"
#include "shared/object_store/s3_fields.hpp"
#include "shared/object_store/s3_xml.hpp"

namespace strongroom::object_store {
namespace {

constexpr std::string_view kChecksumField = "x-amz-checksum-crc32c";

bool is_success(int status) {
    return status >= 200 && status < 300;
}

std::string at(std::string_view operation, const std::string& bucket, const std::string& key) {
    return std::string{operation} + " s3://" + bucket + "/" + key;
}

Failure unreadable(const std::string& what) {
    return Failure{.dependency = Dependency::kStore,
                   .message = what + ": the reply is not the document that S3 documents"};
}

/// The checksum of all parts in order; empty when a part has none.
std::string whole_crc32c(const std::vector<ObjectStore::Part>& parts) {
    std::uint32_t whole = 0;
    for (const ObjectStore::Part& part : parts) {
        const auto crc = crypto::parse_crc32c(part.crc32c);
        if (!crc) return {};
        whole = crc32c_combine(whole, *crc, part.size);
    }
    std::array<std::byte, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(whole >> (24 - 8 * i));
    return base64_encode(bytes);
}

}  // namespace

S3Client::S3Client(http::Client& http, aws::CredentialSource& credentials, const TimeSource& time, S3Endpoint endpoint,
                   S3ClientConfig config)
    : http_{http},
      credentials_{credentials},
      time_{time},
      endpoint_{std::move(endpoint)},
      config_{config},
      signer_{endpoint_.region(), "s3"} {}

Task<Result<StoredObject>> S3Client::head(std::string bucket, std::string key) {
    http::Request asked = request("HEAD", bucket, key);
    asked.headers.add("x-amz-checksum-mode", "ENABLED");
    const auto response = co_await send(std::move(asked), at("HEAD", bucket, key));
    if (!response) co_return response.error();
    co_return read_object_fields(response->head, bucket, key);
}

Task<Result<PutResult>> S3Client::put(NewObject object, std::uint64_t length, http::ByteSource& source) {
    http::Request asked = request("PUT", object.bucket, object.key);
    add_object_fields(asked.headers, object);
    if (object.only_if_absent) asked.headers.add("If-None-Match", "*");
    const auto sent = co_await upload(std::move(asked), length, source, at("PUT", object.bucket, object.key));
    if (!sent) co_return sent.error();
    PutResult result{unquoted(field_of(sent->head, "etag")), field_of(sent->head, "x-amz-version-id"), sent->crc32c};
    co_return result;
}

Task<Result<std::string>> S3Client::create_multipart(NewObject object) {
    const std::string what = at("CreateMultipartUpload", object.bucket, object.key);
    http::Request asked = request("POST", object.bucket, object.key, "uploads");
    add_object_fields(asked.headers, object);
    asked.headers.add("x-amz-checksum-algorithm", "CRC32C");
    asked.headers.add("x-amz-checksum-type", "FULL_OBJECT");
    const auto response = co_await send(std::move(asked), what);
    if (!response) co_return response.error();
    auto upload_id = read_upload_id(response->body);
    if (!upload_id) co_return unreadable(what);
    co_return std::move(*upload_id);
}

Task<Result<ObjectStore::Part>> S3Client::upload_part(std::string bucket, std::string key, std::string upload_id,
                                                      int number, std::uint64_t length, http::ByteSource& source) {
    http::Request asked = request("PUT", bucket, key, upload_query(upload_id, number));
    const std::string what = at("UploadPart " + std::to_string(number), bucket, key);
    const auto sent = co_await upload(std::move(asked), length, source, what);
    if (!sent) co_return sent.error();
    Part part{.number = number, .etag = unquoted(field_of(sent->head, "etag")), .crc32c = sent->crc32c, .size = length};
    co_return part;
}

Task<Result<PutResult>> S3Client::complete_multipart(std::string bucket, std::string key, std::string upload_id,
                                                     std::vector<Part> parts, bool only_if_absent) {
    const std::string what = at("CompleteMultipartUpload", bucket, key);
    const std::string crc32c = whole_crc32c(parts);
    http::Request asked = request("POST", bucket, key, upload_query(upload_id));
    asked.timeout = config_.complete_timeout;
    asked.headers.add("Content-Type", "application/xml");
    asked.headers.add("x-amz-checksum-type", "FULL_OBJECT");
    if (!crc32c.empty()) asked.headers.add(std::string{kChecksumField}, crc32c);
    if (only_if_absent) asked.headers.add("If-None-Match", "*");
    asked.body = write_parts(parts);
    const auto response = co_await send(std::move(asked), what);
    if (!response) co_return response.error();
    const auto completed = read_completed_upload(response->body);
    if (!completed) co_return unreadable(what);
    PutResult result{completed->etag, field_of(response->head, "x-amz-version-id"), crc32c};
    co_return result;
}

Task<Result<>> S3Client::abort_multipart(std::string bucket, std::string key, std::string upload_id) {
    http::Request asked = request("DELETE", bucket, key, upload_query(upload_id));
    const auto response = co_await send(std::move(asked), at("AbortMultipartUpload", bucket, key));
    const bool is_gone = !response && response.error().cause == Cause::kNotFound;
    if (!response && !is_gone) co_return response.error();
    co_return Result<>{};
}

Task<Result<>> S3Client::get(std::string bucket, std::string key, GetOptions options, http::ByteSink& sink) {
    const std::string what = at("GET", bucket, key);
    http::Request asked = request("GET", bucket, key);
    asked.headers.add("x-amz-checksum-mode", "ENABLED");
    if (options.first > 0) asked.headers.add("Range", "bytes=" + std::to_string(options.first) + "-");
    if (!options.if_match.empty()) asked.headers.add("If-Match", "\"" + options.if_match + "\"");
    const auto is_signed = co_await sign(asked, aws::payload_hash(""));
    if (!is_signed) co_return is_signed.error();

    GateSink gate{sink};
    const auto exchange = http_.download(std::move(asked), gate);
    const auto head = co_await exchange->head();
    if (!head) co_return head.error().at(Dependency::kStore, Stage::kNone);
    if (is_success(head->status) && options.first > 0 && head->status != 206) {
        co_return Failure{.dependency = Dependency::kStore, .message = what + ": the store ignored the range"};
    }
    if (is_success(head->status) && options.on_head) {
        const auto wanted = options.on_head(read_object_fields(*head, bucket, key));
        if (!wanted) co_return wanted.error();
    }
    gate.open();
    const auto done = co_await exchange->done();
    if (!done) co_return done.error().at(Dependency::kStore, Stage::kNone);
    if (!is_success(head->status)) co_return refused(*head, exchange->body(), what);
    co_return Result<>{};
}

Task<Result<ObjectStore::ListPage>> S3Client::list(std::string bucket, std::string prefix, std::string continuation) {
    std::string query = "encoding-type=url&list-type=2&max-keys=" + std::to_string(config_.list_page_size);
    if (!continuation.empty()) query += "&continuation-token=" + percent_encode(continuation);
    query += "&prefix=" + percent_encode(prefix);
    const std::string what = at("ListObjectsV2", bucket, prefix);
    const auto response = co_await send(request("GET", bucket, "", query), what);
    if (!response) co_return response.error();
    auto page = read_list_page(response->body);
    if (!page) co_return unreadable(what);
    co_return std::move(*page);
}

http::Request S3Client::request(std::string method, const std::string& bucket, const std::string& key,
                                const std::string& query) const {
    return http::Request{.method = std::move(method),
                         .url = endpoint_.url(bucket, key, query),
                         .timeout = config_.timeout,
                         .max_response_bytes = 4U << 20U};
}

Task<Result<>> S3Client::sign(http::Request& request, std::string payload_hash) {
    const auto credentials = co_await credentials_.get();
    if (!credentials) co_return credentials.error().at(Dependency::kStore, Stage::kNone);
    signer_.sign(request, *credentials, clock_.apply(time_.wall_now()), payload_hash);
    co_return Result<>{};
}

Task<Result<http::Response>> S3Client::send(http::Request request, std::string what) {
    const auto is_signed = co_await sign(request, aws::payload_hash(request.body));
    if (!is_signed) co_return is_signed.error();
    auto response = co_await http_.perform(std::move(request));
    if (!response) co_return response.error().at(Dependency::kStore, Stage::kNone);
    // CompleteMultipartUpload answers 200 before it knows how it ends.
    const bool is_late_error = is_success(response->head.status) && read_error(response->body).has_value();
    if (is_late_error) response->head.status = 500;
    if (!is_success(response->head.status)) co_return refused(response->head, response->body, what);
    co_return std::move(*response);
}

Task<Result<S3Client::Uploaded>> S3Client::upload(http::Request request, std::uint64_t length, http::ByteSource& source,
                                                  std::string what) {
    request.headers.add("Content-Encoding", "aws-chunked");
    request.headers.add("x-amz-decoded-content-length", std::to_string(length));
    request.headers.add("x-amz-trailer", std::string{kChecksumField});
    const auto is_signed = co_await sign(request, std::string{aws::kUnsignedPayloadTrailer});
    if (!is_signed) co_return is_signed.error();

    ChunkedTrailer body{length, source};
    const auto exchange = http_.upload(std::move(request), body.framed_length(), body);
    const auto done = co_await exchange->done();
    if (!done) co_return done.error().at(Dependency::kStore, Stage::kNone);
    auto head = co_await exchange->head();
    if (!head) co_return head.error().at(Dependency::kStore, Stage::kNone);
    if (!is_success(head->status)) co_return refused(*head, exchange->body(), what);
    const std::string echoed = field_of(*head, kChecksumField);
    if (!echoed.empty() && echoed != body.crc32c()) {
        co_return Failure{.dependency = Dependency::kStore,
                          .cause = Cause::kCorrupt,
                          .message = what + ": the store has checksum " + echoed + ", sent was " + body.crc32c()};
    }
    Uploaded uploaded{std::move(*head), body.crc32c()};
    co_return uploaded;
}

Failure S3Client::refused(const http::ResponseHead& head, const std::string& body, const std::string& what) {
    const S3Error error = read_error(body).value_or(S3Error{});
    switch (remedy_of(error.code)) {
        case Remedy::kRefreshCredentials:
            credentials_.invalidate();
            break;
        case Remedy::kCorrectClock:
            clock_.learn(head.headers.find("date"), time_.wall_now());
            break;
        case Remedy::kNone:
            break;
    }
    return s3_failure(head, error, time_.wall_now(), what);
}

}  // namespace strongroom::object_store
