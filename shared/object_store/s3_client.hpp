#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "shared/aws/clock_offset.hpp"
#include "shared/aws/credentials.hpp"
#include "shared/aws/sigv4.hpp"
#include "shared/base/time_source.hpp"
#include "shared/http/client.hpp"
#include "shared/object_store/object_store.hpp"
#include "shared/object_store/s3_endpoint.hpp"

namespace strongroom::object_store {

struct S3ClientConfig {
    std::chrono::milliseconds timeout{30'000};
    /// S3 may take minutes to put many parts together.
    std::chrono::milliseconds complete_timeout{300'000};
    int list_page_size = 1'000;
};

/// Amazon S3's REST interface. Bodies are streamed, framed as aws-chunked with their CRC32C behind them, and never
/// signed. Credentials that were refused as expired and a clock that is off are corrected for the next try; the refusal
/// itself is transient. One thread; all references outlive it and its tasks.
class S3Client final : public ObjectStore {
  public:
    S3Client(http::Client& http, aws::CredentialSource& credentials, const TimeSource& time, S3Endpoint endpoint,
             S3ClientConfig config = {});

    Task<Result<StoredObject>> head(std::string bucket, std::string key) override;
    Task<Result<PutResult>> put(NewObject object, std::uint64_t length, http::ByteSource& source) override;
    Task<Result<std::string>> create_multipart(NewObject object) override;
    Task<Result<Part>> upload_part(std::string bucket, std::string key, std::string upload_id, int number,
                                   std::uint64_t length, http::ByteSource& source) override;
    Task<Result<PutResult>> complete_multipart(std::string bucket, std::string key, std::string upload_id,
                                               std::vector<Part> parts, bool only_if_absent) override;
    Task<Result<>> abort_multipart(std::string bucket, std::string key, std::string upload_id) override;
    Task<Result<>> get(std::string bucket, std::string key, GetOptions options, http::ByteSink& sink) override;
    Task<Result<ListPage>> list(std::string bucket, std::string prefix, std::string continuation) override;

  private:
    struct Uploaded {
        http::ResponseHead head;
        std::string crc32c;
    };

    [[nodiscard]] http::Request request(std::string method, const std::string& bucket, const std::string& key,
                                        const std::string& query = {}) const;
    Task<Result<>> sign(http::Request& request, std::string payload_hash);
    /// A small exchange; anything but 2xx is a failure.
    Task<Result<http::Response>> send(http::Request request, std::string what);
    /// A streamed body, with the comparison of what the reply echoes.
    Task<Result<Uploaded>> upload(http::Request request, std::uint64_t length, http::ByteSource& source,
                                  std::string what);
    Failure refused(const http::ResponseHead& head, const std::string& body, const std::string& what);

    http::Client& http_;
    aws::CredentialSource& credentials_;
    const TimeSource& time_;
    S3Endpoint endpoint_;
    S3ClientConfig config_;
    aws::Signer signer_;
    aws::ClockOffset clock_;
};

}  // namespace strongroom::object_store
