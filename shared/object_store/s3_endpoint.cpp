#include "shared/object_store/s3_endpoint.hpp"

#include "shared/base/encoding.hpp"
#include "shared/http/address_filter.hpp"

namespace strongroom::object_store {
namespace {

Failure wrong(const std::string& what) {
    return Failure{.kind = FailureKind::kPermanent, .dependency = Dependency::kStore, .message = what};
}

std::string_view host_and_port(std::string_view endpoint) {
    endpoint.remove_prefix(endpoint.find("://") + 3);
    return endpoint.substr(0, endpoint.find('/'));
}

bool is_loopback(std::string_view host) {
    if (host.starts_with("[::1]")) return true;
    const std::string_view name = host.substr(0, host.find(':'));
    return name == "localhost" || (name.starts_with("127.") && http::IpAddress::parse(name));
}

std::string aws_host(const std::string& region) {
    return "s3." + region + (region.starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
}

}  // namespace

Result<S3Endpoint> S3Endpoint::make(const S3EndpointConfig& config) {
    S3Endpoint made;
    made.region_ = config.region;
    made.endpoint_ = config.endpoint;
    if (config.region.empty()) return wrong("the S3 region is missing; expected e.g. eu-west-1");
    if (config.endpoint.empty()) return made;
    const bool is_plain = config.endpoint.starts_with("http://");
    if ((!is_plain && !config.endpoint.starts_with("https://")) ||
        config.endpoint.find_first_of("?#@") != std::string::npos || host_and_port(config.endpoint).empty()) {
        return wrong("the S3 endpoint is not a server's address; expected https://host or https://host:port");
    }
    if (is_plain && !config.allow_insecure && !is_loopback(host_and_port(config.endpoint))) {
        return wrong("the S3 endpoint is plain http and not on this machine; use https, or set allow_insecure");
    }
    while (made.endpoint_.ends_with('/')) made.endpoint_.pop_back();
    return made;
}

std::string S3Endpoint::url(std::string_view bucket, std::string_view key, std::string_view query) const {
    std::string url;
    // A bucket name with dots does not match the certificate of *.s3.
    if (!endpoint_.empty() || bucket.find('.') != std::string_view::npos) {
        url = endpoint_.empty() ? "https://" + aws_host(region_) : endpoint_;
        url.append("/").append(bucket);
        if (!key.empty()) url.append("/");
    } else {
        url.append("https://").append(bucket).append(".").append(aws_host(region_)).append("/");
    }
    url.append(percent_encode(key, true));
    if (!query.empty()) url.append("?").append(query);
    return url;
}

}  // namespace strongroom::object_store
