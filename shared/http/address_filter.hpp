#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

struct sockaddr;

namespace strongroom::http {

/// An IP address; IPv4 is held as ::ffff:a.b.c.d.
struct IpAddress {
    std::array<std::byte, 16> bytes{};

    static std::optional<IpAddress> parse(std::string_view text);
    /// Nothing for families other than IPv4 and IPv6.
    static std::optional<IpAddress> from(const ::sockaddr& address);
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] std::string text() const;
};

/// A block of addresses, written `10.0.0.0/8`, `fd00::/8` or as a single address.
struct AddressBlock {
    IpAddress first{};
    int prefix_bits = 128;  ///< of the 16-byte form

    /// The failure (permanent) says what is expected.
    static Result<AddressBlock> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress& address) const;
};

/// Which servers an untrusted URL may lead to (server-side request forgery). Immutable: any thread.
class AddressFilter {
  public:
    /// Lets everything through: for endpoints that come from the configuration.
    AddressFilter() = default;
    /// Public addresses and those in `allowed`; with `hosts` (exact, or `*.example.com` for subdomains) only these
    /// names.
    static AddressFilter public_only(std::vector<AddressBlock> allowed = {}, std::vector<std::string> hosts = {});

    [[nodiscard]] bool is_active() const { return active_; }
    [[nodiscard]] bool allows(const IpAddress& address) const;
    [[nodiscard]] bool allows_host(std::string_view host) const;

  private:
    bool active_ = false;
    std::vector<AddressBlock> allowed_;
    std::vector<std::string> hosts_;
};

}  // namespace strongroom::http
