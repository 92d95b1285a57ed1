#include "shared/redis/endpoint.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "shared/base/encoding.hpp"

namespace strongroom::redis {
namespace {

Failure invalid(std::string what) {
    what.append("; expected redis://[[user]:password@]host[:port][/database], or rediss:// for TLS");
    return {.kind = FailureKind::kPermanent, .dependency = Dependency::kRedis, .message = "redis.url: " + what};
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Result<> read_credentials(std::string_view text, Endpoint& endpoint) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return invalid("there is a user without a password (user:password@)");
    auto user = percent_decode(text.substr(0, colon));
    auto password = percent_decode(text.substr(colon + 1));
    if (!user || !password) return invalid("user or password is not percent-encoded correctly");
    if (password->empty()) return invalid("the password is empty");
    endpoint.user = std::move(*user);
    endpoint.password = Secret{std::move(*password)};
    return {};
}

Result<> read_host(std::string_view text, Endpoint& endpoint) {
    std::string_view port;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return invalid("an IPv6 address lacks its closing bracket");
        endpoint.host = text.substr(1, end - 1);
        port = text.substr(end + 1);
    } else {
        const auto colon = text.find(':');
        endpoint.host = text.substr(0, colon);
        if (colon != std::string_view::npos) port = text.substr(colon);
    }
    if (endpoint.host.empty()) return invalid("the host is missing");
    if (port.empty()) return {};
    const auto number = read_number<std::uint16_t>(port.substr(1));
    if (!port.starts_with(':') || !number || *number == 0) return invalid("the port is not a number from 1 to 65535");
    endpoint.port = *number;
    return {};
}

Result<> read_database(std::string_view text, Endpoint& endpoint) {
    if (text.empty()) return {};
    const auto number = read_number<int>(text);
    if (!number || *number < 0) return invalid("the database is not a number");
    endpoint.database = *number;
    return {};
}

}  // namespace

Result<Endpoint> parse_endpoint(const Secret& url) {
    Endpoint endpoint;
    std::string_view rest = url.reveal();
    const auto scheme_end = rest.find("://");
    const auto scheme = rest.substr(0, scheme_end);
    if (scheme_end == std::string_view::npos || (scheme != "redis" && scheme != "rediss")) {
        return invalid("the scheme is neither redis nor rediss");
    }
    endpoint.tls = scheme == "rediss";
    rest.remove_prefix(scheme_end + 3);
    // A password may hold '/' by mistake; the last '@' ends it in any case, so that none of it shows up as a host.
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
        if (Result<> read = read_credentials(rest.substr(0, at), endpoint); !read) return read.error();
        rest.remove_prefix(at + 1);
    }
    if (rest.find_first_of("?#") != std::string_view::npos) return invalid("there is a query or a fragment");
    const auto slash = rest.find('/');
    if (Result<> read = read_host(rest.substr(0, slash), endpoint); !read) return read.error();
    if (slash == std::string_view::npos) return endpoint;
    if (Result<> read = read_database(rest.substr(slash + 1), endpoint); !read) return read.error();
    return endpoint;
}

std::vector<std::vector<std::string>> introduction(const Endpoint& endpoint) {
    std::vector<std::vector<std::string>> commands;
    const std::string password{endpoint.password.reveal()};
    if (!password.empty() && endpoint.user.empty()) commands.push_back({"AUTH", password});
    if (!password.empty() && !endpoint.user.empty()) commands.push_back({"AUTH", endpoint.user, password});
    if (endpoint.database != 0) commands.push_back({"SELECT", std::to_string(endpoint.database)});
    commands.push_back({"PING"});
    return commands;
}

}  // namespace strongroom::redis
