#include "shared/aws/sigv4.hpp"

#include <utility>

#include "shared/base/units.hpp"
#include "shared/crypto/digest.hpp"

namespace strongroom::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

std::string hmac(std::string_view key, std::string_view text) {
    return std::string{as_text(crypto::hmac_sha256(as_bytes(key), as_bytes(text)))};
}

/// `20150830T123600Z`
std::string timestamp(WallTime now) {
    std::string text = format_rfc3339(now).substr(0, 19) + "Z";
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

}  // namespace

std::string payload_hash(std::string_view body) {
    return hex_encode(crypto::sha256(as_bytes(body)));
}

Signer::Signer(std::string region, std::string service)
    : region_{std::move(region)}, service_{std::move(service)}, is_s3_{service_ == "s3"} {}

void Signer::sign(http::Request& request, const Credentials& credentials, WallTime now, std::string_view hash) {
    const std::string time = timestamp(now);
    const std::string date = time.substr(0, 8);
    request.headers.set("x-amz-date", time);
    if (!credentials.session_token.empty()) {
        request.headers.set("x-amz-security-token", std::string{credentials.session_token.reveal()});
    }
    if (is_s3_) request.headers.set("x-amz-content-sha256", std::string{hash});

    const PathRule rule = is_s3_ ? PathRule::kAsSent : PathRule::kEncodedTwice;
    const CanonicalRequest canonical = canonical_request(request, rule, hash);
    const std::string scope = date + "/" + region_ + "/" + service_ + "/aws4_request";
    std::string to_sign{kAlgorithm};
    to_sign.append("\n").append(time).append("\n").append(scope).append("\n").append(payload_hash(canonical.text));
    const auto signature = crypto::hmac_sha256(as_bytes(signing_key(credentials, date).reveal()), as_bytes(to_sign));

    std::string field{kAlgorithm};
    field.append(" Credential=").append(credentials.access_key).append("/").append(scope);
    field.append(", SignedHeaders=").append(canonical.signed_headers);
    field.append(", Signature=").append(hex_encode(signature));
    request.headers.set("Authorization", std::move(field));
}

const Secret& Signer::signing_key(const Credentials& credentials, std::string_view date) {
    if (key_date_ == date && key_secret_ == credentials.secret_key) return key_;
    const Secret first{"AWS4" + std::string{credentials.secret_key.reveal()}};
    key_ = Secret{hmac(hmac(hmac(hmac(first.reveal(), date), region_), service_), "aws4_request")};
    key_date_ = date;
    key_secret_ = credentials.secret_key;
    return key_;
}

}  // namespace strongroom::aws
