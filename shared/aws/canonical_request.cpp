#include "shared/aws/canonical_request.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "shared/base/encoding.hpp"

namespace strongroom::aws {
namespace {

constexpr std::array<std::string_view, 8> kUnsigned{
    "authorization", "connection", "content-length",    "expect",
    "host",          "user-agent", "transfer-encoding", "x-amzn-trace-id"};

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

/// Without white space at the ends, runs of spaces as one.
std::string squeezed(std::string_view value) {
    std::string out;
    for (const char c : value) {
        const bool space = c == ' ' || c == '\t' || c == '\n';
        if (!space) {
            out.push_back(c);
        } else if (!out.empty() && out.back() != ' ') {
            out.push_back(' ');
        }
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

/// Encodes what may be encoded already.
std::string encoded_once(std::string_view text) {
    return percent_encode(percent_decode(text).value_or(std::string{text}));
}

std::string without_default_port(std::string_view scheme, std::string_view host) {
    const std::string_view port = scheme == "https" ? ":443" : ":80";
    if (host.ends_with(port)) host.remove_suffix(port.size());
    return std::string{host};
}

std::map<std::string, std::string> signed_fields(const http::Request& request, const std::string& host) {
    std::map<std::string, std::string> fields{{"host", host}};
    for (const auto& [name, value] : request.headers) {
        std::string lower_name = lower(name);
        if (std::ranges::find(kUnsigned, lower_name) != kUnsigned.end()) continue;
        const auto [at, is_new] = fields.try_emplace(std::move(lower_name), squeezed(value));
        if (!is_new) at->second.append(",").append(squeezed(value));
    }
    return fields;
}

}  // namespace

UrlParts split_url(std::string_view url) {
    UrlParts parts;
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return parts;
    parts.scheme = url.substr(0, scheme);
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find('#'));
    const std::size_t end = std::min(url.find_first_of("/?"), url.size());
    parts.host = without_default_port(parts.scheme, url.substr(0, end));
    url.remove_prefix(end);
    const std::size_t question = std::min(url.find('?'), url.size());
    parts.path = question == 0 ? "/" : url.substr(0, question);
    if (question < url.size()) parts.query = url.substr(question + 1);
    return parts;
}

std::string canonical_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        const std::string_view parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(parameter.size() + 1, query.size()));
        const std::size_t equals = std::min(parameter.find('='), parameter.size());
        const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
        parameters.emplace_back(encoded_once(parameter.substr(0, equals)), encoded_once(value));
    }
    std::ranges::sort(parameters);
    std::string canonical;
    for (const auto& [name, value] : parameters) {
        if (!canonical.empty()) canonical.push_back('&');
        canonical.append(name).append("=").append(value);
    }
    return canonical;
}

CanonicalRequest canonical_request(const http::Request& request, PathRule rule, std::string_view payload_hash) {
    const UrlParts url = split_url(request.url);
    CanonicalRequest canonical;
    canonical.text.append(request.method).append("\n");
    canonical.text.append(rule == PathRule::kAsSent ? std::string{url.path} : percent_encode(url.path, true));
    canonical.text.append("\n").append(canonical_query(url.query)).append("\n");
    for (const auto& [name, value] : signed_fields(request, url.host)) {
        canonical.text.append(name).append(":").append(value).append("\n");
        if (!canonical.signed_headers.empty()) canonical.signed_headers.push_back(';');
        canonical.signed_headers.append(name);
    }
    canonical.text.append("\n").append(canonical.signed_headers).append("\n").append(payload_hash);
    return canonical;
}

}  // namespace strongroom::aws
