#pragma once

#include <string>
#include <string_view>

#include "shared/http/request.hpp"

namespace strongroom::aws {

/// S3 signs the path as it is sent; every other service signs it encoded once more. Paths are not normalised: requests
/// are sent as signed.
enum class PathRule { kAsSent, kEncodedTwice };

/// The parts of an URL as a signature needs them. The path is `/` where the URL has none; host has the port unless it
/// is the scheme's own.
struct UrlParts {
    std::string_view scheme{};
    std::string host{};
    std::string_view path{};
    std::string_view query{};
};
UrlParts split_url(std::string_view url);

/// The query with its parameters encoded and sorted.
std::string canonical_query(std::string_view query);

/// A request in canonical form (SigV4: "create a canonical request") and the names of the fields that it covers: all of
/// the request's but those that libraries and proxies change on the way.
struct CanonicalRequest {
    std::string text;
    std::string signed_headers;
};
CanonicalRequest canonical_request(const http::Request& request, PathRule rule, std::string_view payload_hash);

}  // namespace strongroom::aws
