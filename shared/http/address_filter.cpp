#include "shared/http/address_filter.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>

namespace strongroom::http {
namespace {

constexpr std::size_t kV4Offset = 12;
constexpr int kV4PrefixBits = 96;

/// Addresses that are not on the public internet, or that hide another address inside (IANA special-purpose
/// registries).
constexpr std::array kBlockedV4{
    "0.0.0.0/8",    "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
};
constexpr std::array kBlockedV6{
    "::/96",  // unspecified, loopback, the old IPv4-compatible form
    "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16",
    "fc00::/7",  // holds fd00:ec2::/32, the cloud's metadata
    "fe80::/10",     "fec0::/10",    "ff00::/8",
};

template <std::size_t N>
std::vector<AddressBlock> parse_all(const std::array<const char*, N>& texts) {
    std::vector<AddressBlock> blocks;
    for (const char* text : texts) blocks.push_back(AddressBlock::parse(text).value());
    return blocks;
}

bool any_contains(const std::vector<AddressBlock>& blocks, const IpAddress& address) {
    return std::ranges::any_of(blocks, [&](const AddressBlock& block) { return block.contains(address); });
}

bool is_public(const IpAddress& address) {
    static const std::vector<AddressBlock> blocked_v4 = parse_all(kBlockedV4);
    static const std::vector<AddressBlock> blocked_v6 = parse_all(kBlockedV6);
    return !any_contains(address.is_v4() ? blocked_v4 : blocked_v6, address);
}

IpAddress from_v4(const void* network_order) {
    IpAddress address;
    address.bytes[10] = address.bytes[11] = std::byte{0xff};
    std::memcpy(address.bytes.data() + kV4Offset, network_order, 4);
    return address;
}

bool ends_with_ignoring_case(std::string_view text, std::string_view tail) {
    return text.size() >= tail.size() &&
           strncasecmp(text.data() + text.size() - tail.size(), tail.data(), tail.size()) == 0;
}

bool host_matches(std::string_view host, std::string_view pattern) {
    if (pattern.starts_with("*.")) {
        return host.size() > pattern.size() - 1 && ends_with_ignoring_case(host, pattern.substr(1));
    }
    return host.size() == pattern.size() && ends_with_ignoring_case(host, pattern);
}

Failure not_a_block(std::string_view text) {
    return Failure{
        .kind = FailureKind::kPermanent,
        .message = "'" + std::string{text} + "' is not an address block; expected e.g. 10.1.0.0/16 or fd00::/8"};
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    const std::string zero_ended{text};
    in_addr v4{};
    if (inet_pton(AF_INET, zero_ended.c_str(), &v4) == 1) return from_v4(&v4);
    IpAddress v6;
    if (inet_pton(AF_INET6, zero_ended.c_str(), v6.bytes.data()) == 1) return v6;
    return std::nullopt;
}

std::optional<IpAddress> IpAddress::from(const ::sockaddr& address) {
    if (address.sa_family == AF_INET) return from_v4(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
    if (address.sa_family != AF_INET6) return std::nullopt;
    IpAddress v6;
    std::memcpy(v6.bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, v6.bytes.size());
    return v6;
}

bool IpAddress::is_v4() const {
    const auto zeros = std::span{bytes}.first(10);
    return std::ranges::all_of(zeros, [](std::byte b) { return b == std::byte{0}; }) && bytes[10] == std::byte{0xff} &&
           bytes[11] == std::byte{0xff};
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    const bool v4 = is_v4();
    inet_ntop(v4 ? AF_INET : AF_INET6, bytes.data() + (v4 ? kV4Offset : 0), buffer.data(), buffer.size());
    return buffer.data();
}

Result<AddressBlock> AddressBlock::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto first = IpAddress::parse(text.substr(0, slash));
    if (!first) return not_a_block(text);
    const bool v4 = text.find(':') == std::string_view::npos;
    if (slash == std::string_view::npos) return AddressBlock{*first, 128};
    const std::string_view bits_text = text.substr(slash + 1);
    int bits = -1;
    const auto [end, error] = std::from_chars(bits_text.data(), bits_text.data() + bits_text.size(), bits);
    const bool whole = error == std::errc{} && end == bits_text.data() + bits_text.size();
    if (!whole || bits < 0 || bits > (v4 ? 32 : 128)) return not_a_block(text);
    return AddressBlock{*first, bits + (v4 ? kV4PrefixBits : 0)};
}

bool AddressBlock::contains(const IpAddress& address) const {
    const auto whole = static_cast<std::size_t>(prefix_bits / 8);
    if (!std::equal(address.bytes.begin(), address.bytes.begin() + whole, first.bytes.begin())) return false;
    const int rest = prefix_bits % 8;
    if (rest == 0) return true;
    return ((address.bytes[whole] ^ first.bytes[whole]) >> (8 - rest)) == std::byte{0};
}

AddressFilter AddressFilter::public_only(std::vector<AddressBlock> allowed, std::vector<std::string> hosts) {
    AddressFilter filter;
    filter.active_ = true;
    filter.allowed_ = std::move(allowed);
    filter.hosts_ = std::move(hosts);
    return filter;
}

bool AddressFilter::allows(const IpAddress& address) const {
    return !active_ || any_contains(allowed_, address) || is_public(address);
}

bool AddressFilter::allows_host(std::string_view host) const {
    if (!active_ || hosts_.empty()) return true;
    return std::ranges::any_of(hosts_, [&](const std::string& pattern) { return host_matches(host, pattern); });
}

}  // namespace strongroom::http
