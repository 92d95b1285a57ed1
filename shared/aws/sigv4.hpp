#pragma once

#include <string>
#include <string_view>

#include "shared/aws/canonical_request.hpp"
#include "shared/aws/credentials.hpp"
#include "shared/base/encoding.hpp"

namespace strongroom::aws {

/// Payload "hashes" that stand for themselves.
inline constexpr std::string_view kUnsignedPayload = "UNSIGNED-PAYLOAD";
inline constexpr std::string_view kUnsignedPayloadTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
/// The hash of a body that is sent whole.
std::string payload_hash(std::string_view body);

/// Signs requests to one service in one region by AWS Signature Version 4, in the Authorization field. The derived key
/// is kept until the day, or the credentials, change. One thread.
class Signer {
  public:
    /// `service` is the signing name (`s3`, `sts`, ...). S3 has rules of its own: the path as sent, and the payload
    /// hash in a field.
    Signer(std::string region, std::string service);

    /// Adds x-amz-date, x-amz-security-token, for S3 x-amz-content-sha256, and Authorization; replaces those of an
    /// earlier signature. Sign when sending: a signature is good for minutes. `now` is the service's time
    /// (ClockOffset).
    void sign(http::Request& request, const Credentials& credentials, WallTime now, std::string_view payload_hash);

    [[nodiscard]] const std::string& region() const { return region_; }

  private:
    const Secret& signing_key(const Credentials& credentials, std::string_view date);

    std::string region_;
    std::string service_;
    bool is_s3_;
    std::string key_date_;
    Secret key_secret_;
    Secret key_;
};

}  // namespace strongroom::aws
