#include "shared/http_server/listen_address.hpp"

#include <charconv>

#include <boost/asio/ip/address.hpp>

namespace strongroom::http_server {
namespace {

Failure malformed(std::string_view text) {
    return {.kind = FailureKind::kPermanent,
            .message = "'" + std::string{text.substr(0, 64)} +
                       "' is not an address and port such as 127.0.0.1:9464 or [::1]:9464"};
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return malformed(text);
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(std::string{host}, error);
    if (error || address.is_v6() != bracketed) return malformed(text);
    std::uint16_t port = 0;
    const auto [end, wrong] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    if (wrong != std::errc{} || end != text.data() + text.size()) return malformed(text);
    return ListenAddress{address.to_string(), port};
}

}  // namespace strongroom::http_server
